// As much of JSON Schema as the API's description uses: what in a value does not fit its schema.
function typeOf(value) {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

function fitsType(value, type) {
  const kinds = Array.isArray(type) ? type : [type];
  const kind = typeOf(value);
  return kinds.includes(kind) || (kind === 'integer' && kinds.includes('number'));
}

function resolved(schema, whole) {
  if (!schema?.$ref) return schema;
  return schema.$ref.replace(/^#\//, '').split('/').reduce((at, name) => at[name], whole);
}

/** The problems of a value, as lines; none when it fits. `whole` is the document that $ref points into. */
export function problems(value, given, whole = {}, place = '$') {
  const schema = resolved(given, whole);
  if (!schema || schema === true) return [];
  if (schema.anyOf ?? schema.oneOf) {
    const all = (schema.anyOf ?? schema.oneOf).map((each) => problems(value, each, whole, place));
    return all.some((each) => each.length === 0) ? [] : all[0];
  }
  if (schema.type && !fitsType(value, schema.type)) return [`${place}: ${typeOf(value)}, not ${schema.type}`];
  if (schema.enum && !schema.enum.includes(value)) {
    return [`${place}: ${JSON.stringify(value)} is none of ${schema.enum}`];
  }
  const found = [];
  if (typeOf(value) === 'object') {
    for (const name of schema.required ?? []) if (!(name in value)) found.push(`${place}.${name}: missing`);
    for (const [name, each] of Object.entries(schema.properties ?? {})) {
      if (name in value) found.push(...problems(value[name], each, whole, `${place}.${name}`));
    }
  }
  if (typeOf(value) === 'array' && schema.items) {
    value.forEach((each, index) => found.push(...problems(each, schema.items, whole, `${place}[${index}]`)));
  }
  return found;
}
