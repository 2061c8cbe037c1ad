"""Names as a search compares them: the variants of a letter are one letter. What is stored and shown stays as it was written."""

import unicodedata
from collections.abc import Mapping
from typing import Final

from denkidesk.domain.unseen import is_unseen

# Each group folds to its first letter. First the old forms in brackets of the Joyo table (常用漢字表, Cabinet Notice 2 of 30 November
# 2010; bunka.go.jp), but for the 62 compatibility ideographs, which NFKC folds.
_JOYO: Final = (
    "万萬 与與 両兩 並竝 乗乘 乱亂 予豫 争爭 亜亞 仏佛 仮假 会會 伝傳 体體 余餘 併倂 価價 倹儉 偽僞 児兒 党黨 "
    "円圓 写寫 処處 剣劍 剤劑 剰剩 励勵 労勞 効效 勅敕 勧勸 勲勳 区區 医醫 単單 即卽 厳嚴 参參 双雙 収收 叙敍 "
    "台臺 号號 営營 嘱囑 団團 囲圍 図圖 国國 圏圈 圧壓 堕墮 塁壘 塩鹽 増增 壊壞 壌壤 壮壯 声聲 壱壹 売賣 変變 "
    "奥奧 奨奬 嬢孃 学學 宝寶 実實 寛寬 寝寢 対對 寿壽 専專 将將 尽盡 届屆 属屬 岳嶽 峡峽 巣巢 巻卷 帯帶 帰歸 "
    "庁廳 広廣 廃廢 弐貳 弥彌 弾彈 当當 径徑 従從 徳德 徴徵 応應 恋戀 恒恆 恵惠 悩惱 悪惡 惨慘 慎愼 懐懷 戦戰 "
    "戯戲 戻戾 払拂 抜拔 択擇 担擔 拝拜 拠據 拡擴 挙擧 挟挾 挿插 捜搜 掲揭 揺搖 摂攝 撃擊 数數 斉齊 斎齋 断斷 "
    "旧舊 昼晝 晩晚 暁曉 暦曆 曽曾 条條 来來 枢樞 栄榮 桜櫻 桟棧 検檢 楼樓 楽樂 概槪 様樣 権權 横橫 欠缺 欧歐 "
    "歓歡 歩步 歯齒 歴歷 残殘 殴毆 殻殼 毎每 気氣 沢澤 浄淨 浅淺 浜濱 涙淚 渇渴 済濟 渉涉 渋澁 渓溪 温溫 湾灣 "
    "湿濕 満滿 滝瀧 滞滯 潜潛 瀬瀨 灯燈 炉爐 点點 為爲 焼燒 犠犧 状狀 独獨 狭狹 猟獵 献獻 獣獸 瓶甁 画畫 畳疊 "
    "痩瘦 痴癡 発發 盗盜 県縣 真眞 研硏 砕碎 礼禮 禅禪 秘祕 称稱 稲稻 穂穗 穏穩 窃竊 竜龍 粋粹 粛肅 糸絲 経經 "
    "絵繪 継繼 続續 総總 緑綠 緒緖 縁緣 縄繩 縦縱 繊纖 缶罐 翻飜 聴聽 胆膽 脳腦 臓臟 艶艷 芸藝 茎莖 荘莊 蔵藏 "
    "薫薰 薬藥 虚虛 虫蟲 蚕蠶 蛍螢 蛮蠻 衛衞 装裝 褒襃 覇霸 覚覺 覧覽 観觀 触觸 訳譯 証證 誉譽 読讀 謡謠 譲讓 "
    "豊豐 賛贊 践踐 転轉 軽輕 辞辭 辺邊 逓遞 遅遲 郎郞 郷鄕 酔醉 醸釀 釈釋 鉄鐵 鉱鑛 銭錢 鋳鑄 錬鍊 録錄 鎮鎭 "
    "関關 闘鬭 陥陷 険險 随隨 隠隱 雑雜 霊靈 静靜 頼賴 顕顯 駅驛 駆驅 騒騷 験驗 髄髓 髪髮 鶏鷄 麦麥 麺麵 黄黃 "
    "黒黑 黙默 齢齡 亀龜 弁辨瓣辯 餅餠 "
)
# Then what else family names are written with: the second forms of the list of name kanji (Unihan_OtherMappings 14.0, kJinmeiyoKanji:
# 富冨 野埜 島嶋 …), kSemanticVariant and kZVariant of Unihan_Variants (高髙 崎﨑嵜 柳栁 館舘 …), and where Unihan is silent, by hand, the
# vulgar forms that family registers know (辺邉 浜濵 島嶌 松枩 鶴靏 吉𠮷 …). 斉 and 斎 are two words, which nobody hears.
_NAMES: Final = (
    "富冨 涼凉 凛凜 野埜 尭堯 峰峯 島嶋嶌㠀 巌巖 晃晄 桧檜 槙槇 杯盃 祢禰 祷禱 穣穰 萌萠 園薗 遥遙 駆駈 高髙 "
    "崎﨑嵜㟢 辺邉 浜濵 斎斉 国囯 吉𠮷 橋槗 柳栁桺 梅楳 松枩柗 館舘 淵渕渊 秋穐秌 鉄鉃 芦蘆 薮藪 鶴靏靍鸖 亘亙 "
    "船舩 籠篭 蒋蔣 刈苅 剣劔 彦彥 栃杤 桑桒 昇曻 湧涌 熙煕 瑶瑤 皐皋 竈竃 翠翆 聡聰 諫諌 讃讚 迩邇 村邨 醤醬 "
    "鋭銳 頬頰 鯵鰺 鴎鷗 鴬鶯 鶏雞 兎兔 呉吳 侠俠 倶俱 内內 冊册 勇勈 喜㐂 回囘廻 土圡 宝寳 戸戶 教敎 昂昻 "
    "晋晉 来徠 歳歲 煙烟 猪豬 礦砿 禄祿 窓窗 繋繫 群羣 舎舍 虎乕 蛎蠣 裏裡 賢贒 隣鄰 青靑 面靣 顔顏 飲飮 姫姬 "
    "間閒 珍珎 麹麴 壺壷 ケヶ カヵ "
)
_ONE_OF_GROUP: Final = {variant: group[0] for group in (_JOYO + _NAMES).split() for variant in group[1:]}
_VARIANTS: Final = str.maketrans({variant: _ONE_OF_GROUP.get(one, one) for variant, one in _ONE_OF_GROUP.items()})
_TO_KATAKANA: Final = {code: code + 0x60 for code in range(0x3041, 0x3097)}


def folded(text: str) -> str:
    """One form of each letter: width, case, kana, variants of kanji; without marks that nobody sees and choices of a glyph (IVS)."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    if not plain.isascii():
        plain = "".join(ch for ch in plain if not (is_unseen(ch) or "\ufe00" <= ch <= "\ufe0f" or "\U000e0100" <= ch <= "\U000e01ef"))
    return plain.translate(_TO_KATAKANA).translate(_VARIANTS)


def folded_with(name: str, also: Mapping[str, str]) -> str:
    """A name with everything else that its parts are called, in one form. ``also``: by part."""
    return folded(" ".join([name, *(called for part, called in also.items() if part in name)]))
