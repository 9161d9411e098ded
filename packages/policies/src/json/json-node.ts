/** A JSON value that knows where it stands. Members are a list, so that a key twice, or `__proto__`, is only a string. */
export type JsonNode = JsonObject | JsonArray | JsonString | JsonNumber | JsonBoolean | JsonNull;

interface Located {
  /** Of the first character, counted from 0 in UTF-16 units. */
  offset: number;
}

interface JsonObject extends Located {
  kind: 'object';
  members: JsonMember[];
}
export interface JsonMember {
  key: string;
  keyOffset: number;
  value: JsonNode;
}
interface JsonArray extends Located {
  kind: 'array';
  items: JsonNode[];
}
interface JsonString extends Located {
  kind: 'string';
  value: string;
}
interface JsonNumber extends Located {
  kind: 'number';
  /** As it is written: a policy's numbers are compared as texts where the operator says so. */
  text: string;
}
interface JsonBoolean extends Located {
  kind: 'boolean';
  value: boolean;
}
interface JsonNull extends Located {
  kind: 'null';
}
