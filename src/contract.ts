/** Everything that the outside may ask, room by room. Assembly only. */
export const contract = {}
