/** 百企千人 (S37). */
export const HUNDRED_FIRMS_PROGRAMME = 'hundred-firms'
