// Imported first by what people run: V8 then prefers little memory to the last bit of speed in all threads, those of
// models among them. A model's own memory is onnxruntime's and the file's; what JavaScript leaves lying beside it was a
// sixth of all private memory until the first captions were done.
import { setFlagsFromString } from 'node:v8';

setFlagsFromString('--optimize-for-size');
