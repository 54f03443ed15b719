export interface Sample {
  readonly name: string;
  readonly file: string;
  readonly tryAsking: string;
}
