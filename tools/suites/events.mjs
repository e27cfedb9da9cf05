// A reporter of Node's test runner that writes one JSON line a test: name, passed, skip, error, ms.
// Suites (describe) are not tests: they count only when they themselves fail or are skipped as a whole.
function messageOf(error) {
  const cause = error?.cause ?? error;
  return String(cause?.stack ?? cause?.message ?? cause ?? '');
}

export default async function* events(source) {
  const path = [];
  for await (const { type, data } of source) {
    if (type === 'test:start') {
      path.length = data.nesting;
      path.push(data.name);
    }
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const passed = type === 'test:pass';
    const details = data.details ?? {};
    const inner = details.error?.failureType === 'subtestsFailed';
    if (inner || (details.type === 'suite' && passed && data.skip === undefined)) continue;
    const skip = data.skip !== undefined ? `skipped: ${data.skip === true ? '' : data.skip}` : '';
    yield JSON.stringify({
      name: [...path.slice(0, data.nesting), data.name].join(' > '),
      passed,
      skip,
      error: passed ? '' : messageOf(details.error),
      ms: details.duration_ms ?? 0,
    }) + '\n';
  }
}
