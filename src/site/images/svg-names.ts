const names = (...lines: string[]): ReadonlySet<string> => new Set(lines.flatMap((line) => line.split(' ')));

/** SVG elements that draw or describe something. Others are removed with their content. */
export const ELEMENTS = names(
  'svg g a defs symbol use switch title desc style path rect circle ellipse line polyline polygon image',
  'text tspan textPath marker pattern mask clipPath linearGradient radialGradient stop view',
  'filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting',
  'feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge',
  'feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence',
  'animate animateTransform animateMotion mpath set',
);

/** Elements that animate an attribute, except references. */
export const ANIMATIONS = names('animate animateTransform animateMotion set');

/** Attributes without references or author metadata. */
export const ATTRIBUTES = names(
  'id class style width height viewBox preserveAspectRatio x y x1 y1 x2 y2 cx cy r rx ry fx fy fr d points dx dy',
  'rotate textLength lengthAdjust startOffset method spacing side pathLength transform transform-origin version',
  'offset gradientUnits gradientTransform spreadMethod patternUnits patternContentUnits patternTransform',
  'maskUnits maskContentUnits clipPathUnits markerWidth markerHeight markerUnits refX refY orient systemLanguage',
  'filterUnits primitiveUnits in in2 result mode type values tableValues slope intercept amplitude exponent',
  'operator k1 k2 k3 k4 order kernelMatrix divisor bias targetX targetY edgeMode kernelUnitLength preserveAlpha',
  'surfaceScale diffuseConstant specularConstant specularExponent limitingConeAngle scale xChannelSelector',
  'yChannelSelector azimuth elevation z pointsAtX pointsAtY pointsAtZ radius stdDeviation baseFrequency numOctaves',
  'seed stitchTiles attributeName begin dur end min max restart repeatCount repeatDur fill calcMode keyTimes',
  'keySplines keyPoints path origin additive accumulate from to by role aria-label aria-labelledby aria-hidden',
  'aria-describedby focusable media lang xml:lang xml:space',
  'alignment-baseline baseline-shift clip clip-path clip-rule color color-interpolation',
  'color-interpolation-filters color-rendering cursor direction display dominant-baseline fill-opacity fill-rule',
  'filter flood-color flood-opacity font font-family font-size font-size-adjust font-stretch font-style',
  'font-variant font-weight image-rendering isolation letter-spacing lighting-color marker-end marker-mid',
  'marker-start mask mask-type mix-blend-mode opacity overflow paint-order pointer-events shape-rendering',
  'stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin',
  'stroke-miterlimit stroke-opacity stroke-width text-anchor text-decoration text-rendering unicode-bidi',
  'vector-effect visibility word-spacing writing-mode',
);

/** CSS functions, in lowercase, that load nothing. `url` is checked separately. */
export const FUNCTIONS = names(
  'url rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix var calc min max clamp format local',
  'translate translatex translatey translatez translate3d scale scalex scaley scalez scale3d rotate rotatex rotatey',
  'rotatez rotate3d skew skewx skewy matrix matrix3d perspective cubic-bezier steps linear',
  'blur brightness contrast drop-shadow grayscale hue-rotate invert opacity saturate sepia',
  'circle ellipse inset polygon path not is where has nth-child nth-last-child nth-of-type nth-last-of-type lang',
);

/** CSS at-rules that load nothing. */
export const AT_RULES = names('media supports keyframes -webkit-keyframes font-face');
