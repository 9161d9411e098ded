/** Every colour there is, light and dark. `ink` and `paper` for everything; the rest only where it means something. */
export interface Palette {
  paper: string;
  surface: string;
  /** Hairlines between things; decoration only. */
  line: string;
  /** The outline of something one can operate: 3:1 against paper and surface (WCAG 1.4.11). */
  edge: string;
  ink: string;
  quietInk: string;
  /** 藍: actions and links. */
  indigo: string;
  indigoHover: string;
  onIndigo: string;
  /** 朱: a person must act. */
  vermilion: string;
  /** 松葉: done. */
  green: string;
  /** 山吹: waiting. */
  amber: string;
  /** Grounds for a whole notice or a selected thing; the colour of the same name is legible on each. */
  indigoGround: string;
  vermilionGround: string;
  amberGround: string;
  hover: string;
}

export const palettes = {
  light: {
    paper: '#FBFAF7',
    surface: '#FFFFFF',
    line: '#E4E1DA',
    edge: '#8B8D90',
    ink: '#1C2430',
    quietInk: '#5B6472',
    indigo: '#22527F',
    indigoHover: '#1A4166',
    onIndigo: '#FFFFFF',
    vermilion: '#B93818',
    green: '#2F6B4A',
    amber: '#8F6000',
    indigoGround: '#EEF3F8',
    vermilionGround: '#FCF1ED',
    amberGround: '#FBF4E3',
    hover: '#F4F2ED',
  },
  dark: {
    paper: '#14181F',
    surface: '#1B212B',
    line: '#2C3440',
    edge: '#6A7584',
    ink: '#E9ECF1',
    quietInk: '#9AA4B2',
    indigo: '#7FB0E0',
    indigoHover: '#9CC3EA',
    onIndigo: '#14181F',
    vermilion: '#FF8A66',
    green: '#7CC49A',
    amber: '#E8B64C',
    indigoGround: '#1C2C3D',
    vermilionGround: '#33221F',
    amberGround: '#2E2819',
    hover: '#222936',
  },
} as const satisfies Record<'light' | 'dark', Palette>;
