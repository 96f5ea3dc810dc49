// i18n.mjs - every text of the page, Chinese first, with an English switch.

const TEXTS = {
  zh: {
    title: '平湖地名', map: '地图', panel: '查询', skip: '跳到搜索框',
    search: '搜索', clear: '清除', suggestions: '搜索建议',
    searchLabel: '搜索地名、地址或拼音', searchHint: '乍浦、zhapu、新仓镇朝阳路158号',
    heritage: '红色与文化', other: 'English', otherLang: 'en', layers: '图层', services: '接口', review: '审核',
    schematic: '界线为示意，不作划界依据',
    nothing: '没有找到“{0}”。可以换用拼音、旧名，或去掉门牌号再试。',
    found: '找到 {0} 个结果', offered: '{0} 条建议，用上下键选择',
    failed: '服务没有回答，请稍后再试。', here: '此处：{0}', nowhere: '此处没有资料',
    code: '区划代码', category: '类别', division: '所在政区', address: '地址',
    confidence: '把握', position: '位置', within: '误差约 {0}', noPosition: '没有位置资料',
    method: {
      surveyed: '实测', gazetteer: '取自地名录', centroid: '区域内点',
      inherited: '仅知所在政区，图上为该政区的位置', derived: '由其地址推得', synthetic: '合成数据，非真实',
      none: '没有位置资料',
    },
    formerNames: '曾用名', otherNames: '其他名称', history: '沿革', meaning: '含义', origin: '来历',
    stories: '记述', disputed: '各家说法不一，并列如下', sources: '资料来源', children: '下辖',
    until: '至 {0} 年', since: '{0} 年起', span: '{0}—{1} 年',
    editionNote: '标 * 的年份是统计用区划代码首次出现变化的年度版本，不是批准日期。',
    kind: { standard: '标准名称', alias: '别名', short: '简称', former: '曾用名', variant: '异写', official: '全称' },
    change: {
      rename: '更名', merge: '并入', split: '析出', transfer: '划归', upgrade: '改设',
      abolish: '撤销', establish: '设立', recode: '代码变更',
    },
    grade: { A: '官方或权威', B: '公开资料' },
    historical: '历史地名，已不使用', statistical: '统计单元，非法定政区',
    back: '返回结果', close: '关闭', sites: '{0}：{1} 处',
    sitesNote: '这些地点只查到所在镇或村，图上标在该处的位置。',
    property: {
      built: '始建', rebuilt: '重建', designation: '保护级别', event: '史事', description: '概况',
      area_m2: '面积', location: '所在', founded: '建立', opened: '开放', history: '沿革', date: '时间',
      origin: '来历', name: '名称', size: '规模', structure: '形制', alias: '别名',
    },
    border: {
      button: '界线', title: '{0}—{1} 界线比较', profile: '双方界线之差', schematic: '示意范围的比较，不作划界依据',
      summary: '重叠 {0} 处，空隙 {1} 处，界线长 {2}。点图上斜线或剖面可查看。',
      overlap: '重叠 {0} km²', gap: '空隙 {0} km²', hint: '移到剖面上看数值，点一下到该处',
      at: '里程 {0} km，相差 {1} m', names: '毗邻地名', proposal: '联合命名建议：',
      statistics: '平均差 {0} m，均方根 {1} m，95% 在 {2} m 以内，最远 {3} m；正值为乙方在甲方左侧',
    },
  },
  en: {
    title: 'Pinghu names', map: 'Map', panel: 'Search', skip: 'Skip to search',
    search: 'Search', clear: 'Clear', suggestions: 'Suggestions',
    searchLabel: 'Search by name, address or pinyin', searchHint: '乍浦, zhapu, 新仓镇朝阳路158号',
    heritage: 'Heritage', other: '中文', otherLang: 'zh-CN', layers: 'Layers', services: 'Interfaces', review: 'Review',
    schematic: 'Boundaries are schematic and prove nothing',
    nothing: 'Nothing found for “{0}”. Try pinyin, a former name, or leave out the number.',
    found: '{0} results', offered: '{0} suggestions, choose with the arrow keys',
    failed: 'The service did not answer. Please try again.', here: 'Here: {0}', nowhere: 'Nothing is known here',
    code: 'Division code', category: 'Category', division: 'Division', address: 'Address',
    confidence: 'Confidence', position: 'Position', within: 'within about {0}', noPosition: 'No position is known',
    method: {
      surveyed: 'surveyed', gazetteer: 'from a gazetteer', centroid: 'a point inside the area',
      inherited: 'only the division is known; shown at its position', derived: 'derived from its addresses',
      synthetic: 'synthetic data, not real', none: 'no position is known',
    },
    formerNames: 'Former names', otherNames: 'Other names', history: 'History', meaning: 'Meaning', origin: 'Origin',
    stories: 'Accounts', disputed: 'Sources disagree; both are given', sources: 'Sources', children: 'Contains',
    until: 'until {0}', since: 'since {0}', span: '{0}–{1}',
    editionNote: 'A year with * is the yearly edition of the statistical codes that first shows the change, not the day of approval.',
    kind: { standard: 'standard', alias: 'alias', short: 'short form', former: 'former', variant: 'variant', official: 'full form' },
    change: {
      rename: 'renamed', merge: 'merged into', split: 'split off', transfer: 'transferred', upgrade: 'became',
      abolish: 'abolished', establish: 'established', recode: 'new code',
    },
    grade: { A: 'official or authoritative', B: 'public source' },
    historical: 'Historical name, no longer in use', statistical: 'Statistical unit, not a legal division',
    back: 'Back to results', close: 'Close', sites: '{0}: {1} sites',
    sitesNote: 'Only the town or village of these sites is known; they are shown at its position.',
    property: {
      built: 'Built', rebuilt: 'Rebuilt', designation: 'Protection', event: 'Event', description: 'Description',
      area_m2: 'Area', location: 'Location', founded: 'Founded', opened: 'Opened', history: 'History', date: 'Date',
      origin: 'Origin', name: 'Name', size: 'Size', structure: 'Structure', alias: 'Alias',
    },
    border: {
      button: 'Border', title: '{0}–{1}: the line compared', profile: 'Difference of both lines', schematic: 'Schematic areas compared; not the legal boundary',
      summary: '{0} overlaps, {1} gaps, {2} of line. Click a hatched area or the profile.',
      overlap: 'overlap {0} km²', gap: 'gap {0} km²', hint: 'Move over the profile for values, click to go there',
      at: 'at {0} km: {1} m', names: 'Names on both sides', proposal: 'Joint name:',
      statistics: 'mean {0} m, rms {1} m, 95 % within {2} m, farthest {3} m; over 0: B is left of A',
    },
  },
};

export let language = localStorage.getItem('language') === 'en' ? 'en' : 'zh';

// text('found', 3): the words of this language; text('kind.former') goes deeper.
export function text(key, ...values) {
  const words = key.split('.').reduce((part, name) => part?.[name], TEXTS[language]);
  if (typeof words !== 'string') return key.split('.').pop();
  return words.replace(/\{(\d)\}/g, (_, number) => values[Number(number)]);
}

// both({zh, en}): of a pair that the service sends.
export function both(pair) {
  return pair ? pair[language] ?? pair.zh ?? '' : '';
}

export function switchLanguage() {
  language = language === 'zh' ? 'en' : 'zh';
  localStorage.setItem('language', language);
}

// Writes the texts of the fixed part of the page.
export function translatePage() {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  document.title = `${text('title')} · Diming`;
  for (const element of document.querySelectorAll('[data-text]')) element.textContent = text(element.dataset.text);
  for (const element of document.querySelectorAll('[data-label]')) element.setAttribute('aria-label', text(element.dataset.label));
  for (const element of document.querySelectorAll('[data-placeholder]')) element.placeholder = text(element.dataset.placeholder);
  const button = document.getElementById('language');
  button.textContent = text('other');
  button.lang = text('otherLang');
}

export function metres(value) {
  if (value >= 1000) return `${Number((value / 1000).toFixed(1))} km`;
  return `${Math.round(value)} m`;
}
