/** What every field is told: its label, a hint under it, what is wrong, and why it cannot be changed. */
export type FieldProps = {
  label: string;
  hint?: string;
  error?: string | null;
  required?: boolean;
  /** Shows a value that may not be changed here, and why. */
  reason?: string | null;
  /** It narrows a list instead of filling a form: nothing to say about being optional. */
  filter?: boolean;
  /** The label is read aloud only, where the place already says what is asked. */
  labelUnseen?: boolean;
};
