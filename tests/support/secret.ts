/** The unsubscribe secret of newsletters in tests, as long and as varied as obn wants it. */
export const SECRET = 'test-secret-zNq8vX2mKp7Rj4Lw9Ty3Hd6Bf5';
