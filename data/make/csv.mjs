// CSV as RFC 4180 has it, with LF line ends: a cell is quoted only when it must
// be.
const cell = (value) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

export function csv(columns, rows) {
  const line = (cells) => `${cells.map((v) => cell(String(v ?? ''))).join(',')}\n`;
  return line(columns) + rows.map((row) => line(columns.map((name) => row[name]))).join('');
}

// The cells of one text, as lists; quotes may hold commas, quotes and ends.
function cells(text) {
  const rows = [[]];
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/gy;
  while (pattern.lastIndex < text.length) {
    const [, quoted, plain, end] = pattern.exec(text);
    rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end !== ',') rows.push([]);
  }
  return rows.filter((row) => row.length > 0);
}

// A list of objects by the header's names.
export function parseCsv(text) {
  const [header, ...rows] = cells(text.replaceAll('\r\n', '\n'));
  return rows.map((row) => Object.fromEntries(header.map((name, i) => [name, row[i] ?? ''])));
}
