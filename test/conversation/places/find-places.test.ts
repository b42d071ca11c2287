import { beforeAll, describe, expect, it } from 'vitest';
import { findPlaces, withoutPlaces } from '../../../src/conversation/places/find-places.ts';
import { type Gazetteer, openGazetteer } from '../../../src/conversation/places/gazetteer.ts';
import { fullName } from '../../../src/domain/places.ts';
import { readCentre } from '../../../src/read-centre.ts';

let gazetteer: Gazetteer;
beforeAll(async () => {
  const { places, province } = await readCentre('seeds/quang-ninh/centre.yaml');
  gazetteer = openGazetteer(places!, province);
});

/** Each place that is read, as what it is and where it lies now. */
function found(text: string): string[] {
  return findPlaces(text, gazetteer).mentions.flatMap(({ places }) =>
    places.map(place => {
      const units = place.units.map(({ unit }) => fullName(unit.unit));
      return `${place.standing} ${fullName(place)} → ${units.join(', ')}`;
    }),
  );
}

describe('a place in a citizen’s text', () => {
  it.each([
    'phường Hồng Hải giờ thuộc đâu',
    'phuong hong hai gio thuoc dau',
    'p.Hồng Hải',
    'P. HỒNG HẢI CŨ',
    'Hồng Hải',
    'hong hai',
    'ubnd hồng hải ở đâu',
    'phường Hồg Hải giờ thuộc đâu',
    'phường Hồng Hài',
    'phường Hồng Hải, TP Hạ Long',
    'tp. hạ long, phường hồng hải',
    'Hồng Hải thành phố Hạ Long tỉnh Quảng Ninh',
  ])('is found however it is written: %s', text => {
    expect(found(text)).toEqual(['former phường Hồng Hải → phường Hạ Long']);
  });

  it.each([
    ['thị trấn Trới', 'former thị trấn Trới → phường Hoành Bồ'],
    ['tt trới', 'former thị trấn Trới → phường Hoành Bồ'],
    ['huyện Đầm Hà', 'district huyện Đầm Hà → xã Quảng Tân, xã Đầm Hà'],
    ['h. dam ha', 'district huyện Đầm Hà → xã Quảng Tân, xã Đầm Hà'],
    ['thị trấn Đầm Hà', 'former thị trấn Đầm Hà → xã Đầm Hà'],
    ['xã Đầm Hà', 'present xã Đầm Hà → xã Đầm Hà'],
    ['xã Yên Than cũ', 'former xã Yên Than → xã Tiên Yên, xã Điền Xá'],
    ['phường Hồng Gai', 'present phường Hồng Gai → phường Hồng Gai'],
    ['phường Hồng Gai cũ', 'former phường Hồng Gai → phường Hồng Gai'],
    ['Hòn Gai', 'present phường Hồng Gai → phường Hồng Gai'],
    ['phường Hạ Long', 'present phường Hạ Long → phường Hạ Long'],
    ['xã Hạ Long, Vân Đồn', 'former xã Hạ Long → đặc khu Vân Đồn'],
    ['Móng Cái 2', 'present phường Móng Cái 2 → phường Móng Cái 2'],
    ['thị xã Đông Triều', 'district thành phố Đông Triều → '],
    ['phường Bắc Sơn', 'former phường Bắc Sơn → phường Vàng Danh'],
    ['xã Bắc Sơn', 'former xã Bắc Sơn → xã Hải Sơn'],
    ['xã Thanh Sơn Ba Chẽ', 'former xã Thanh Sơn → xã Ba Chẽ'],
    ['xã Hoà Bình huyện Hoành Bồ', 'former xã Hòa Bình → xã Thống Nhất'],
  ])('keeps namesakes apart: %s', (text, place) => {
    expect(found(text).join('; ')).toContain(place);
    expect(found(text)).toHaveLength(1);
  });

  it('may be one of two of the same name', () => {
    expect(found('Hải Hòa giờ thuộc đâu')).toEqual([
      'present xã Hải Hòa → xã Hải Hòa',
      'former phường Hải Hòa → phường Móng Cái 1',
    ]);
  });

  it.each([
    'muốn đóng tiền học cho con ở đâu',
    'dong tien thue o dau',
    'co to khai dang ky xe khong',
    'hai bên thống nhất chia đất thì làm giấy gì',
    'đám tang ở khu phố cần giấy an sinh gì',
    'con tôi tên Minh Châu muốn đổi họ',
    'đường Lê Lợi bị ngập',
  ])('is no ordinary word: %s', text => {
    expect(found(text)).toEqual([]);
  });

  it.each([
    'phường Trần Hưng Đạo, Hà Nội giờ là phường nào',
    'xã Tân Lập huyện Đan Phượng nhập vào đâu',
    'phường Quang Trung quận Hà Đông',
    'xã Hòa Bình tỉnh Lạng Sơn',
    'phường Bến Nghé giờ là phường gì',
  ])('of another province is not claimed: %s', text => {
    expect(found(text)).toEqual([]);
  });

  it('is left out of what the matcher reads, its unit word is not', () => {
    const reading = findPlaces('Làm khai sinh ở phường Hồng Hải cũ, TP Hạ Long cần gì?', gazetteer);
    expect(withoutPlaces(reading)).toBe('Làm khai sinh ở phường  cần gì?');
  });
});
