// review_words.mjs - the texts of the clerks' page, Chinese first, with an
// English switch.
import { language } from './i18n.mjs';

const WORDS = {
  zh: {
    skip: '跳到所选事项', title: '审核', map: '地图', services: '接口', keys: '快捷键', leave: '退出', other: 'English', otherLang: 'en',
    gateTitle: '请输入审核员密钥', gateNote: '密钥由管理员发给本单位，只保存在这个标签页里，关闭即忘。', key: '密钥', enter: '进入',
    badKey: '密钥无效，或没有审核权限。', queue: '待审事项', more: '更多', export: '导出 CSV', import: '导入 CSV',
    counts: '待审 {0} · 已改正 {1} · 已豁免 {2}', anyRule: '全部规则', anySeverity: '全部级别', town: '区划代码', found: '共 {0} 条', none: '没有符合条件的事项。',
    choose: '从左边选一条，或按 J、K 上下移动。', bulkOpen: '成批办理…', field: '字段', a: '甲', b: '乙', value: '现值', fix: '建议',
    mapNote: '红点为所论记录的位置；界线为示意。', noMap: '没有位置资料', why: '理由（豁免、驳回必填）', mend: '改正为', mendDo: '改正', insist: '规则有警告也照改（须写明理由）',
    history: '经过', others: '此记录的其他事项', clause: '依据：{0}', chance: '可能性 {0}', distance: '相距 {0}', offset: '偏东 {0}，偏北 {1}', code: '区划 {0}', version: '第 {0} 版', place: '打开地名',
    stale: '您看到之后，{0} 已办理此条（{1}）。下面是现在的状态。', done: '{0}：{1}', failed: '没有办成：{0}', offline: '服务没有回答，请稍后再试。',
    bulkTitle: '成批办理规则 {0}', bulkTry: '先试办', bulkDo: '确认办理 {0} 条', bulkNone: '没有可办的。', bulkWill: '将办理 {0} 条，略过 {1} 条：', bulkDone: '已办理 {0} 条（批次 {1}）', close: '关闭', undoBatch: '撤销这一批',
    sheetDone: '办理 {0} 行，未填 {1} 行，退回 {2} 行', row: '第 {0} 行：{1}', field_of: '改正的字段',
    status: { open: '待审', accepted: '已采纳', fixed: '已改正', waived: '已豁免', rejected: '已驳回', gone: '已消失', all: '全部' },
    severity: { error: '错误', warning: '警告', info: '提示' }, band: { duplicate: '重复', review: '疑似' },
    kind: { merge: '合并', issue: '导入', finding: '核查' },
    action: { accept: '采纳', reject: '驳回', waive: '豁免', edit: '改正', undo: '撤销', gone: '核查不再查出', reopen: '核查又查出' },
    acceptMerge: '合并为一', acceptFix: '按建议改正', acceptPlain: '属实', rejectMerge: '不是同一地', rejectAddress: '不是同一地址', waiveMerge: '是同一，暂不合并', rejectFinding: '误报', waive: '属实，但保留',
    help: [['J K', '下一条、上一条'], ['A', '采纳'], ['R', '驳回'], ['W', '豁免'], ['E', '改正'], ['U', '撤销'], ['/', '筛选']],
  },
  en: {
    skip: 'Skip to the item', title: 'Review', map: 'Map', services: 'Interfaces', keys: 'Keys', leave: 'Leave', other: '中文', otherLang: 'zh-CN',
    gateTitle: 'Enter a clerk’s key', gateNote: 'The administrator gives your office a key. It is kept in this tab only and forgotten when the tab closes.', key: 'Key', enter: 'Enter',
    badKey: 'The key is not valid, or lacks the clerk role.', queue: 'The queue', more: 'More', export: 'Export CSV', import: 'Import CSV',
    counts: '{0} open · {1} mended · {2} waived', anyRule: 'All rules', anySeverity: 'All', town: 'Division', found: '{0} items', none: 'Nothing fits.',
    choose: 'Choose one on the left, or move with J and K.', bulkOpen: 'Decide all…', field: 'Field', a: 'A', b: 'B', value: 'Now', fix: 'Suggested',
    mapNote: 'Pins show the records; boundaries are schematic.', noMap: 'No position is known', why: 'Reason (needed to waive and to reject)', mend: 'Change to', mendDo: 'Change', insist: 'in spite of a warning (say why)',
    history: 'Trail', others: 'Other items of this record', clause: 'By: {0}', chance: 'chance {0}', distance: '{0} apart', offset: '{0} east, {1} north', code: 'division {0}', version: 'version {0}', place: 'Open the place',
    stale: '{0} has decided on this since you saw it ({1}). This is how it is now.', done: '{0}: {1}', failed: 'Not done: {0}', offline: 'The service did not answer. Please try again.',
    bulkTitle: 'Decide all of rule {0}', bulkTry: 'Try first', bulkDo: 'Decide {0}', bulkNone: 'Nothing to decide.', bulkWill: 'Would decide {0}, leave out {1}:', bulkDone: '{0} decided (batch {1})', close: 'Close', undoBatch: 'Undo this batch',
    sheetDone: '{0} rows done, {1} empty, {2} refused', row: 'line {0}: {1}', field_of: 'Field to change',
    status: { open: 'open', accepted: 'accepted', fixed: 'mended', waived: 'waived', rejected: 'rejected', gone: 'gone', all: 'all' },
    severity: { error: 'error', warning: 'warning', info: 'hint' }, band: { duplicate: 'duplicate', review: 'perhaps' },
    kind: { merge: 'merge', issue: 'import', finding: 'check' },
    action: { accept: 'accepted', reject: 'rejected', waive: 'waived', edit: 'changed', undo: 'undone', gone: 'found no more', reopen: 'found again' },
    acceptMerge: 'Join the two', acceptFix: 'Mend as suggested', acceptPlain: 'It is true', rejectMerge: 'Two places', rejectAddress: 'Two addresses', waiveMerge: 'One, but keep both', rejectFinding: 'Wrong finding', waive: 'True, but keep',
    help: [['J K', 'next, previous'], ['A', 'accept'], ['R', 'reject'], ['W', 'waive'], ['E', 'change'], ['U', 'undo'], ['/', 'filter']],
  },
};

// word('found', 3); word('status.open') goes deeper.
export function word(key, ...values) {
  const words = key.split('.').reduce((part, name) => part?.[name], WORDS[language]);
  if (typeof words !== 'string') return words ?? key.split('.').pop();
  return words.replace(/\{(\d)\}/g, (_, number) => values[Number(number)]);
}

// The fixed part of the page.
export function translate() {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  document.title = language === 'zh' ? '审核 · 地名' : 'Review · Diming';
  for (const element of document.querySelectorAll('[data-text]')) element.textContent = word(element.dataset.text);
  for (const element of document.querySelectorAll('[data-label]')) element.setAttribute('aria-label', word(element.dataset.label));
  const button = document.getElementById('language');
  button.textContent = word('other');
  button.lang = word('otherLang');
}

// What the service says, in the language of the page.
export const say = (item, name) => (language === 'en' && item[`${name}_en`]) || item[name] || '';
export const sayProblem = (problem) => (language === 'en' ? problem.detail : [problem.detail_zh, chinesePart(problem.detail)].filter(Boolean).join('：')) ?? '';

// The sentence of a rule that a problem quotes in brackets behind the English.
const chinesePart = (detail) => detail?.match(/\(([^()]*[\u4e00-\u9fff].*)\)$/)?.[1];
