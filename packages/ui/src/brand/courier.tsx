/** 飛脚, the running courier with his box on a pole: one path, drawn in the colour of the text around it. */
export function Courier({ size = 32 }: { size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 32 32"
      fill="none"
      stroke="currentColor"
      strokeWidth={2.1}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={courierPath} />
    </svg>
  );
}

// Head · back and front leg · arm to the pole · pole · box.
const courierPath =
  'M22.4 6.2a2.5 2.5 0 1 1-5 0a2.5 2.5 0 1 1 5 0M18.2 11.2L14.6 18.2L20.2 21.2L18.4 28M14.6 18.2L11.6 23.2L5.4 24' +
  'M18 12.4L21.6 16L25.6 13.6M27.4 14.2L8.6 10M3.2 5.6h5.8v6h-5.8z';
