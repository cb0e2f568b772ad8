export { handler } from 'obn/lambda';
