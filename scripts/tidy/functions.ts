import ts from 'typescript';
import type { Source } from './sources.ts';

/** Functions of a file with how many lines each takes; the script part of a component counts as a file. */
export function functionsOf(source: Source): { name: string; line: number; lines: number }[] {
  const script = source.path.endsWith('.vue')
    ? (/<script[^>]*>([\s\S]*?)<\/script>/.exec(source.text)?.[1] ?? '')
    : source.text;
  const tree = ts.createSourceFile(source.path, script, ts.ScriptTarget.Latest, true);
  const found: { name: string; line: number; lines: number }[] = [];
  const lineAt = (position: number) => tree.getLineAndCharacterOfPosition(position).line;
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body) {
      const line = lineAt(node.getStart(tree));
      found.push({ name: nameOf(node, tree), line: line + 1, lines: lineAt(node.end) - line + 1 });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

function nameOf(node: ts.Node, tree: ts.SourceFile): string {
  if ('name' in node && node.name) return (node.name as ts.Node).getText(tree);
  const { parent } = node;
  return ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)
    ? parent.name.getText(tree)
    : '(anonymous)';
}
