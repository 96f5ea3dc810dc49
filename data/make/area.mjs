// The 11 counties of the area: 平湖 and 金山, and those around them.
export const PROVINCES = ['31', '33'];
export const CITIES = ['3304']; // the districts of 上海市 lie in it directly

export const COUNTIES = new Map([
  ['310116', '金山区'],
  ['310117', '松江区'],
  ['310118', '青浦区'],
  ['310120', '奉贤区'],
  ['330402', '南湖区'],
  ['330411', '秀洲区'],
  ['330421', '嘉善县'],
  ['330424', '海盐县'],
  ['330481', '海宁市'],
  ['330482', '平湖市'],
  ['330483', '桐乡市'],
]);

export const isInArea = (code) => COUNTIES.has(code.slice(0, 6));
