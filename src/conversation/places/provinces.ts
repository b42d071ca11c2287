/** Provinces and cities of the centre, by the names until and since July 2025, without accents and as people shorten them. */
export const PROVINCES: ReadonlySet<string> = new Set(
  (
    'an giang,ba ria vung tau,ba ria,vung tau,bac giang,bac kan,bac can,bac lieu,bac ninh,ben tre,binh dinh,binh duong,' +
    'binh phuoc,binh thuan,ca mau,can tho,cao bang,da nang,dak lak,dac lac,dak nong,dac nong,dien bien,dong nai,' +
    'dong thap,gia lai,ha giang,ha nam,ha noi,ha tinh,hai duong,hai phong,hau giang,ho chi minh,hcm,tphcm,sai gon,' +
    'hoa binh,hue,thua thien hue,hung yen,khanh hoa,kien giang,kon tum,lai chau,lam dong,lang son,lao cai,long an,' +
    'nam dinh,nghe an,ninh binh,ninh thuan,phu tho,phu yen,quang binh,quang nam,quang ngai,quang ninh,quang tri,' +
    'soc trang,son la,tay ninh,thai binh,thai nguyen,thanh hoa,tien giang,tra vinh,tuyen quang,vinh long,vinh phuc,' +
    'yen bai,hn'
  ).split(','),
);
