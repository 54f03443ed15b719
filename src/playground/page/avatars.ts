// The two faces of the local Discord, served with the page.

export const personAvatar = '/person.svg';
export const botAvatar = '/blipcord.svg';
