// Writes an ONNX graph whose weights stay where they are: inside the checkpoint's .safetensors files.
import { relative, sep } from 'node:path';
import proto from 'onnx-proto';
import type { QuantisedMatrix } from '../checkpoint/quantised-matrix.ts';
import type { CodeType, TensorLocation, WeightType } from '../checkpoint/safetensors.ts';
import type { Weights } from '../checkpoint/weights.ts';

const { onnx } = proto;

/** The name of a value in the graph; its shape is noted in comments where it is made. */
export type Value = string;
export type Precision = 'f32' | 'f16';
export type ElementType = Precision | 'bf16' | 'i32' | 'i64' | 'u8' | 'i8' | 'bool';
/** A side given by name is known only when the graph runs. */
export type Side = number | string;
export type Attributes = Readonly<Record<string, number | string | readonly number[] | Float | GraphBuilder>>;

/** Where the tensors of a checkpoint lie. */
export type WeightSource = Pick<Weights, 'get' | 'has' | 'quantised'>;

/**
 * How the device multiplies whole numbers. `saturating`: sums of two products end at 16 bits, as on x64 without VNNI, so
 * that one factor may have only seven bits. `none`: not at all, and weights are turned back into numbers while loading.
 */
export type IntegerProducts = 'exact' | 'saturating' | 'none';

/** A tensor that a graph may refer to. */
export interface StoredTensor extends TensorLocation {
  readonly dtype: WeightType | CodeType;
}

/** Tells an attribute of type float from one of type int. */
export class Float {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

const CODES: Record<ElementType, number> = {
  f32: onnx.TensorProto.DataType.FLOAT,
  f16: onnx.TensorProto.DataType.FLOAT16,
  bf16: onnx.TensorProto.DataType.BFLOAT16,
  i32: onnx.TensorProto.DataType.INT32,
  i64: onnx.TensorProto.DataType.INT64,
  u8: onnx.TensorProto.DataType.UINT8,
  i8: onnx.TensorProto.DataType.INT8,
  bool: onnx.TensorProto.DataType.BOOL,
};
const STORED_TYPES: Record<WeightType | CodeType, ElementType> = {
  F32: 'f32',
  F16: 'f16',
  BF16: 'bf16',
  U8: 'u8',
  I8: 'i8',
};
/** Operators of onnxruntime's own. */
const CONTRIBUTED: ReadonlySet<string> = new Set(['MatMulNBits', 'MatMulIntegerToFloat']);
const CONTRIBUTED_DOMAIN = 'com.microsoft';
/** Opset 20 has Gelu and LayerNormalization; IR version 9 goes with it. */
const OPSET = 20;
const IR_VERSION = 9;

export class GraphBuilder {
  readonly integerProducts: IntegerProducts;
  private readonly name: string;
  private readonly weights: WeightSource;
  private readonly root: string;
  private readonly nodes: proto.onnx.INodeProto[] = [];
  private initializers = new Map<string, proto.onnx.ITensorProto>();
  private readonly inputs: proto.onnx.IValueInfoProto[] = [];
  private readonly outputs: proto.onnx.IValueInfoProto[] = [];
  private readonly declared: proto.onnx.IValueInfoProto[] = [];
  private casts = new Map<string, Value>();
  private count = 0;

  /** @param root the folder that the locations of the weights are relative to, as the session is told */
  constructor(name: string, weights: WeightSource, root: string, integerProducts: IntegerProducts = 'exact') {
    this.integerProducts = integerProducts;
    this.name = name;
    this.weights = weights;
    this.root = root;
  }

  /** Only there are whole numbers multiplied, and products quicker in a form of their own. */
  get isForCpu(): boolean {
    return this.integerProducts !== 'none';
  }

  /**
   * The body of a loop, to be handed to its node as an attribute. It sees all that this graph has by now, and shares its
   * weights and constants.
   */
  body(name: string): GraphBuilder {
    const body = new GraphBuilder(name, this.weights, this.root, this.integerProducts);
    body.initializers = this.initializers;
    body.casts = new Map(this.casts);
    return body;
  }

  input(name: string, type: ElementType, shape: readonly Side[]): Value {
    this.inputs.push(valueInfo(name, type, shape));
    return name;
  }

  output(name: string, value: Value, type: ElementType, shape: readonly Side[]): void {
    this.nodes.push({ opType: 'Identity', input: [value], output: [name], name });
    this.outputs.push(valueInfo(name, type, shape));
  }

  /** A value as an output under its own name; without a copy, as a loop's state is handed on. */
  handOn(value: Value, type: ElementType, shape: readonly Side[]): void {
    this.outputs.push(valueInfo(value, type, shape));
  }

  /** An output that is a node's own: without a copy between, it may be written into what the node read. */
  result(
    name: string,
    opType: string,
    inputs: readonly Value[],
    [type, shape]: readonly [ElementType, readonly Side[]],
    attributes: Attributes = {},
  ): Value {
    this.add(opType, inputs, [name], attributes);
    this.outputs.push(valueInfo(name, type, shape));
    return name;
  }

  /**
   * Tells the sides of a value in f32 that onnxruntime can't work out: what has the same name has the same size. Only
   * values of sizes that it knows to be equal share memory in a run, and each of unknown size it compares with all
   * others while it opens the graph.
   */
  declare(value: Value, sides: readonly Side[]): Value {
    this.declared.push(valueInfo(value, 'f32', sides));
    return value;
  }

  node(opType: string, inputs: readonly Value[], attributes: Attributes = {}): Value {
    return this.split(opType, inputs, 1, attributes)[0] as Value;
  }

  /** A node with several outputs. */
  split(opType: string, inputs: readonly Value[], outputs: number, attributes: Attributes = {}): Value[] {
    const name = this.nextName(opType);
    const output = Array.from({ length: outputs }, (_, index) => `${name}:${index}`);
    this.add(opType, inputs, output, attributes);
    return output;
  }

  /**
   * A tensor of the checkpoint in the type that the graph computes in. A file of another type gets a Cast,
   * which onnxruntime folds while loading.
   *
   * @param sides what it is to the graph, where that isn't its shape
   */
  weight(name: string, shape: readonly number[], type: Precision = 'f32', sides = shape): Value {
    const stored = this.storedWeight(name, shape, sides);
    return stored.type === type ? stored.value : this.cast(stored.value, type);
  }

  /** A tensor of the checkpoint in the file's own type. */
  storedWeight(name: string, shape: readonly number[], sides = shape): { value: Value; type: ElementType } {
    const location = this.weights.get(name, shape);
    const value = sides === shape ? name : `${name} as ${sides.join(' x ')}`;
    return { value: this.stored(value, { ...location, shape: sides }), type: STORED_TYPES[location.dtype] };
  }

  /** A matrix (out, in) of a linear layer, where it is stored quantised. */
  quantisedWeight(name: string, shape: readonly [out: number, input: number]): QuantisedMatrix | undefined {
    return this.weights.quantised(name, shape);
  }

  /** A tensor of a file, in the type that it has there. */
  stored(name: string, tensor: StoredTensor): Value {
    const { dtype, shape, file, offset, byteLength } = tensor;
    const location = relative(this.root, file).split(sep).join('/');
    this.initializers.set(name, {
      name,
      dims: [...shape],
      dataType: CODES[STORED_TYPES[dtype]],
      dataLocation: onnx.TensorProto.DataLocation.EXTERNAL,
      externalData: Object.entries({ location, offset, length: byteLength }).map(([key, value]) => ({
        key,
        value: String(value),
      })),
    });
    return name;
  }

  hasWeight(name: string): boolean {
    return this.weights.has(name);
  }

  /** The same value and type give the same node. */
  cast(value: Value, type: ElementType): Value {
    const key = `${value} as ${type}`;
    const known = this.casts.get(key) ?? this.node('Cast', [value], { to: CODES[type] });
    this.casts.set(key, known);
    return known;
  }

  /** (n): integers such as shapes, axes and bounds. */
  integers(values: readonly number[], type: 'i32' | 'i64' = 'i64'): Value {
    const bytes = type === 'i64' ? BigInt64Array.from(values, BigInt) : Int32Array.from(values);
    return this.constant(`${type}[${values.join(',')}]`, type, [values.length], bytes);
  }

  /** A scalar, i64. */
  integer(value: number): Value {
    return this.constant(`i64(${value})`, 'i64', [], BigInt64Array.of(BigInt(value)));
  }

  /** A scalar. */
  scalar(value: number): Value {
    return this.constant(`f32(${value})`, 'f32', [], Float32Array.of(value));
  }

  /** A scalar without a sign. */
  byte(value: number): Value {
    return this.constant(`u8(${value})`, 'u8', [], Uint8Array.of(value));
  }

  /** (length), each the same. */
  filled(value: number, length: number): Value {
    return this.constant(`f32(${value})x${length}`, 'f32', [length], new Float32Array(length).fill(value));
  }

  /** (length) */
  row(name: string, values: Float32Array): Value {
    return this.constant(name, 'f32', [values.length], values);
  }

  build(): Uint8Array {
    const model: proto.onnx.IModelProto = {
      irVersion: IR_VERSION,
      producerName: 'blipcord',
      opsetImport: [
        { domain: '', version: OPSET },
        { domain: CONTRIBUTED_DOMAIN, version: 1 },
      ],
      graph: { ...this.nodesAlone(), initializer: [...this.initializers.values()] },
    };
    return onnx.ModelProto.encode(model).finish();
  }

  /** What a body is within the graph whose weights it shares. */
  nodesAlone(): proto.onnx.IGraphProto {
    const { name, nodes: node, inputs: input, outputs: output, declared: valueInfo } = this;
    return { name, node, input, output, valueInfo };
  }

  private add(
    opType: string,
    input: readonly Value[],
    output: readonly Value[],
    attributes: Attributes,
  ): void {
    const name = this.nextName(opType);
    this.count++;
    const attribute = Object.entries(attributes).map(([key, value]) => attributeProto(key, value));
    const domain = CONTRIBUTED.has(opType) ? CONTRIBUTED_DOMAIN : '';
    this.nodes.push({ opType, domain, name, input: [...input], output: [...output], attribute });
  }

  private nextName(opType: string): string {
    return `${this.name}/${opType}_${this.count}`;
  }

  private constant(name: string, type: ElementType, dims: readonly number[], data: ArrayBufferView): Value {
    const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    this.initializers.set(name, { name, dims: [...dims], dataType: CODES[type], rawData });
    return name;
  }
}

function valueInfo(name: string, type: ElementType, shape: readonly Side[]): proto.onnx.IValueInfoProto {
  const dim = shape.map((side) => (typeof side === 'number' ? { dimValue: side } : { dimParam: side }));
  return { name, type: { tensorType: { elemType: CODES[type], shape: { dim } } } };
}

function attributeProto(name: string, value: Attributes[string]): proto.onnx.IAttributeProto {
  const { AttributeType } = onnx.AttributeProto;
  if (value instanceof Float) return { name, type: AttributeType.FLOAT, f: value.value };
  if (value instanceof GraphBuilder) return { name, type: AttributeType.GRAPH, g: value.nodesAlone() };
  if (typeof value === 'number') return { name, type: AttributeType.INT, i: value };
  if (typeof value === 'string') return { name, type: AttributeType.STRING, s: Buffer.from(value) };
  return { name, type: AttributeType.INTS, ints: [...value] };
}
