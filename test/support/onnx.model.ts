// Small ONNX models that a test builds itself, so that one detail can be wrong.

/** Element types of onnx.proto3. */
const FLOAT = 1;

interface Tensor {
  name: string;
  /** Number of columns. The rows are the batch. */
  width: number;
}

export interface SmallModel {
  inputs: Tensor[];
  outputs: Tensor[];
  /** Operators. Attributes are whole numbers. */
  nodes: { operator: string; from: string[]; to: string[]; attributes?: Record<string, number> }[];
  /** Version of the operator set. 18 unless the model is to be refused. */
  opset?: number;
}

/** Returns the bytes of an .onnx file. */
export function onnxModel({ inputs, outputs, nodes, opset = 18 }: SmallModel): Buffer {
  const graph = Buffer.concat([
    ...nodes.map((node) => bytesField(1, nodeProto(node))),
    textField(2, 'small'),
    ...inputs.map((tensor) => bytesField(11, valueInfo(tensor))),
    ...outputs.map((tensor) => bytesField(12, valueInfo(tensor))),
  ]);
  const operators = Buffer.concat([textField(1, ''), numberField(2, opset)]);
  return Buffer.concat([numberField(1, 10), bytesField(7, graph), bytesField(8, operators)]);
}

function nodeProto({ operator, from, to, attributes = {} }: SmallModel['nodes'][number]): Buffer {
  // Field 20 is the type of the attribute. 2 means a whole number.
  const attribute = ([name, value]: [string, number]): Buffer =>
    bytesField(5, Buffer.concat([textField(1, name), numberField(3, value), numberField(20, 2)]));
  return Buffer.concat([
    ...from.map((name) => textField(1, name)),
    ...to.map((name) => textField(2, name)),
    textField(4, operator),
    ...Object.entries(attributes).map(attribute),
  ]);
}

function valueInfo({ name, width }: Tensor): Buffer {
  const shape = Buffer.concat([bytesField(1, textField(2, 'b')), bytesField(1, numberField(1, width))]);
  const tensor = Buffer.concat([numberField(1, FLOAT), bytesField(2, shape)]);
  return Buffer.concat([textField(1, name), bytesField(2, bytesField(1, tensor))]);
}

function bytesField(field: number, bytes: Buffer): Buffer {
  return Buffer.concat([varint((field << 3) | 2), varint(bytes.length), bytes]);
}

function textField(field: number, text: string): Buffer {
  return bytesField(field, Buffer.from(text));
}

function numberField(field: number, value: number): Buffer {
  return Buffer.concat([varint(field << 3), varint(value)]);
}

/** Returns a whole number as a Protocol Buffers varint: seven bits per byte, lowest first. */
function varint(value: number): Buffer {
  const bytes = [];
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
  return Buffer.from([...bytes, value]);
}
