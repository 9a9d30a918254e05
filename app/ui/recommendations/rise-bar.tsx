const WIDTH = 1000;
const HEIGHT = 14;

/** Orders now as a bar, what would be usual as its darker part and a mark; the sentence beside it says both numbers. */
export function RiseBar({ orders, usual, most }: { orders: number; usual: number; most: number }) {
  const x = (value: number) => (value / most) * WIDTH;
  return (
    <svg aria-hidden="true" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" width="100%" height={HEIGHT} style={{ display: "block", maxWidth: "32rem" }}>
      <rect x={0} y={2} width={x(orders)} height={HEIGHT - 4} className="tessera-column is-partial" />
      <rect x={0} y={2} width={x(Math.min(usual, orders))} height={HEIGHT - 4} className="tessera-column" />
      <rect x={Math.max(0, x(usual) - 2)} y={0} width={4} height={HEIGHT} fill="currentColor" />
    </svg>
  );
}
