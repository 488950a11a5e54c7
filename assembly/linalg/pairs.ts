/**
 * Whether the build is the one for engines that run two neighbouring operations of 128 bits as one of 256
 * (docs/decisions/0014-paired-vectors.md): the target `paired` of asconfig.json defines the name.
 */
export const PAIRS = isDefined(PAIRED);
