// Days as screens speak of them: the calendar's own, so that an app needs nothing else for dates.
export { addDays, civilDateOf, isCivilDate } from '@gigafibre/calendar';
export { useNow } from './clock.ts';

export { addressLines, formatAddress, type AddressParts } from './format/format-address.ts';
export { formatCard } from './format/format-card.ts';
export {
  formatClock,
  formatDate,
  formatDateTime,
  formatHour,
  formatShortDate,
  formatTime,
  formatWeekday,
} from './format/format-date.ts';
export { formatDuration } from './format/format-duration.ts';
export { formatMoney } from './format/format-money.ts';
export { dialablePhone, formatPhone } from './format/format-phone.ts';
export { formatRelative } from './format/format-relative.ts';
export { frenchSpacing, NO_BREAK_SPACE } from './format/no-break.ts';

export { createAppI18n, type AppI18n } from './i18n/create-app-i18n.ts';
export type { MessageLoaders, MessageTree, SameKeys } from './i18n/message-tree.ts';
export { useFormat } from './i18n/use-format.ts';
export { useLanguage } from './i18n/use-language.ts';

export { default as AppIcon } from './icons/AppIcon.vue';
export type { IconName } from './icons/icons.ts';

export { default as AddressText } from './values/AddressText.vue';
export { default as DateText } from './values/DateText.vue';
export { default as DurationText } from './values/DurationText.vue';
export { default as MoneyText } from './values/MoneyText.vue';
export { default as PhoneLink } from './values/PhoneLink.vue';
export { default as StateChip } from './values/StateChip.vue';
export { default as WindowText } from './values/WindowText.vue';
export { STATES, stateLook, type StateNoun, type Tone } from './values/states.ts';

export { default as CheckField } from './fields/CheckField.vue';
export { default as ChoiceField } from './fields/ChoiceField.vue';
export { default as DateField } from './fields/DateField.vue';
export { default as FieldRow } from './fields/FieldRow.vue';
export { default as MoneyField } from './fields/MoneyField.vue';
export { default as NumberField } from './fields/NumberField.vue';
export { default as SelectField } from './fields/SelectField.vue';
export { default as SignaturePad } from './fields/SignaturePad.vue';
export { default as TextField } from './fields/TextField.vue';
export { parseDecimal } from './fields/parse-decimal.ts';
export type { FieldProps } from './fields/field-props.ts';
export type { Signature } from './fields/signature.ts';

export { default as AppButton } from './feedback/AppButton.vue';
export { default as EmptyState } from './feedback/EmptyState.vue';
export { default as LiveDot } from './feedback/LiveDot.vue';
export { default as NoticeBar } from './feedback/NoticeBar.vue';
export { default as RefusalNotice } from './feedback/RefusalNotice.vue';
export { default as Skeleton } from './feedback/Skeleton.vue';
export { default as ToastHost } from './feedback/ToastHost.vue';
export { default as ViewState } from './feedback/ViewState.vue';
export { NO_ANSWER, sayRefusal, type Refused } from './feedback/refused.ts';
export type { Seen } from './feedback/seen.ts';
export { useToasts, type Toast } from './feedback/toasts.ts';

export { default as AppCard } from './layout/AppCard.vue';
export { default as BrandMark } from './layout/BrandMark.vue';
export { default as AppDialog } from './layout/AppDialog.vue';
export { default as FactList } from './layout/FactList.vue';
export { default as LanguageSwitch } from './layout/LanguageSwitch.vue';
export { default as PageHeader } from './layout/PageHeader.vue';
export { default as SidePanel } from './layout/SidePanel.vue';
export { default as Stepper } from './layout/Stepper.vue';
export { default as Tabs } from './layout/Tabs.vue';
export { default as ThemeSwitch } from './layout/ThemeSwitch.vue';
export { useTheme, type Theme } from './layout/theme.ts';

export { default as BillCauses } from './lists/BillCauses.vue';
export { default as BillDifference } from './lists/BillDifference.vue';
export { default as DataTable } from './lists/DataTable.vue';
export { default as InvoiceLines } from './lists/InvoiceLines.vue';
export { default as PagedTable } from './lists/PagedTable.vue';
export { default as Timeline } from './lists/Timeline.vue';
export { default as TotalsCard } from './lists/TotalsCard.vue';
export { nextSort, type Column, type Sort } from './lists/column.ts';
export { sortRows } from './lists/sort-rows.ts';
export type { TimelineItem } from './lists/timeline-item.ts';

export { default as CommandPalette } from './commands/CommandPalette.vue';
export { default as ShortcutHelp } from './commands/ShortcutHelp.vue';
export { useCommand, type Command } from './commands/command.ts';
export { isMac, keyNames } from './commands/key-token.ts';
export { matchCommands, plain } from './commands/match-commands.ts';
export { paletteOpen, shortcutHelpOpen } from './commands/palette.ts';
export { useShortcuts, type Shortcut } from './commands/shortcuts.ts';

export { hrefsOf, type HrefArguments, type PathParams, type PathTable } from './routing/path-table.ts';
