/* SPDX-License-Identifier: Apache-2.0 */
#include "api/category.h"

#include <stddef.h>

static const struct api_category CATEGORIES[] = {
    {10000, "自然地理实体", "natural feature"},
    {11000, "海域", "sea"},
    {11210, "海湾", "bay"},
    {11500, "海岛", "sea island"},
    {11600, "半岛、岬角", "peninsula or cape"},
    {12000, "陆地水系", "inland water"},
    {12100, "河流", "river"},
    {12200, "湖泊", "lake"},
    {13000, "陆地地形", "landform"},
    {13400, "山地", "hill or mountain"},
    {21000, "区域", "area"},
    {21200, "省级行政区", "province"},
    {21300, "地级行政区", "prefecture-level city"},
    {21400, "县级行政区", "county-level division"},
    {21500, "乡镇", "town"},
    {21600, "群众自治组织", "self-government body"},
    {21610, "村", "village"},
    {21620, "社区", "community"},
    {21630, "村民小组", "village group"},
    {21700, "非行政区域", "non-administrative area"},
    {21730, "开发区", "development zone"},
    {21770, "区片", "neighbourhood"},
    {22000, "居民点", "settlement"},
    {22100, "城镇居民点", "urban settlement"},
    {22200, "农村居民点", "rural settlement"},
    {23000, "交通运输设施", "transport"},
    {23120, "海港", "sea port"},
    {23130, "河港", "river port"},
    {23150, "渡口", "ferry"},
    {23210, "公路", "highway"},
    {23320, "火车站", "railway station"},
    {23510, "道路街巷", "road"},
    {23530, "公共交通车站", "public transport stop"},
    {23610, "桥梁", "bridge"},
    {23670, "灯塔、导航站", "lighthouse or beacon"},
    {24000, "水利电力通信设施", "water, power, telecom"},
    {24230, "水库", "reservoir"},
    {24400, "堤堰", "dyke"},
    {24500, "运河", "canal"},
    {25000, "纪念地、旅游景点", "memorial or scenic place"},
    {25100, "纪念地", "memorial"},
    {25200, "公园", "park"},
    {25300, "风景名胜", "scenic place"},
    {25400, "自然保护区", "nature reserve"},
    {26000, "建筑物", "building"},
    {26100, "房屋", "house"},
    {26200, "亭台碑塔", "pavilion, platform, stele, pagoda"},
    {26300, "广场、体育场", "square or stadium"},
    {27000, "单位", "organisation"},
};

static const struct api_category UNKNOWN = {0, "未分类", "unclassified"};

static const struct api_category *find_exact(uint32_t code)
{
    for (size_t i = 0; i < sizeof(CATEGORIES) / sizeof(CATEGORIES[0]); i++)
        if (CATEGORIES[i].code == code)
            return &CATEGORIES[i];
    return NULL;
}

const struct api_category *api_category_find(uint32_t code)
{
    for (uint32_t unit = 1; unit <= 10000; unit *= 10) {
        const struct api_category *found = find_exact(code / unit * unit);
        if (found)
            return found;
    }
    return &UNKNOWN;
}
