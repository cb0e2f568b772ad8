import { expect, it } from 'vitest';
import { LackingFields, lackingFields } from '../../src/audience/lacking-fields.js';

it('names required fields that are missing or empty', () => {
  expect(lackingFields(['name', 'city', 'plan'], { name: 'Ada', city: '' })).toEqual(['city', 'plan']);
});

it('does not take what every object has for a field', () => {
  expect(lackingFields(['constructor'], {})).toEqual(['constructor']);
});

it('counts the recipients who lack each field', () => {
  const lacking = new LackingFields(['name', 'city']);
  for (const values of [{ name: 'Ada' }, { name: '', city: 'Bonn' }, {}]) lacking.add(values);
  expect(Object.fromEntries(lacking.counts)).toEqual({ name: 2, city: 2 });
});
