"""Words for handles, nicknames, captions and sounds. All invented; any likeness to an account is chance.

They are as varied as the real ones: several alphabets, emoji, dots and underscores, empty captions.
"""

from __future__ import annotations

from random import Random

FIRST = (
    "mossy velvet tofu pixel amber quiet lunar rusty paper sunny hazel wobbly cobalt minty salty fuzzy cedar "
    "neon dusty plum tiny brisk maple foggy coral ginger silver mango nimble olive"
).split()
SECOND = (
    "lantern orbit kettle sparrow garden noodle harbor biscuit comet meadow walrus pencil ember canyon teapot "
    "violin otter puddle rocket willow magnet pretzel cactus island button falcon pepper glacier saddle thimble"
).split()
JOINTS = ("", ".", "_", "_", "")
FLOURISHES = ("", "", "", " 🌿", " ✨", " 🎧", "🫧", " 🇧🇷", " ™")
FOREIGN = ("ひなた", "매화", "Луна", "نور", "Ngọc Trâm", "Çiçek", "Zoë & Finn", "阿宝")
ADVERTISERS = (
    "Harbor Lane Tax Help", "Lumen & Oak", "SockDrawer Club", "Brightwater Insurance", "Are you still hungry?",
    "Puzzle Kingdom: Match", "Fern&Fig", "Quick Quote Auto 🚗", "𝗿𝗲𝘀𝘁 𝗮𝗽𝗽", "Tidewell Mattress", "Mint Lending Co.",
    "Story Drops - Short Dramas", "Northlight Eyewear", "Learn Guitar Fast",
)  # fmt: skip
BIOS = ("", "", "daily videos 🎬", "📩 hello@example.com", "just here for the snacks", "she/her • Lisbon", "공지는 프로필")
CAPTIONS = {
    "en": ("wait for it", "no way this worked 😭", "part 2 is up", "day 14 of baking badly", "POV: your cat pays rent",
           "this took six hours", "Replying to @someone yes, really", "tell me I’m not the only one"),
    "es": ("no puede ser 😂", "receta fácil para hoy", "¿quién más?"),
    "pt": ("olha isso gente", "parte 3 amanhã"),
    "fr": ("j’en peux plus 😅", "astuce du jour"),
    "de": ("das kam unerwartet", "Tag 3 im neuen Garten"),
    "ja": ("おすすめの場所", "毎日投稿中"),
    "ko": ("오늘의 간식", "귀여워"),
    "ar": ("شوفوا للآخر",),
    "vi": ("món này ngon quá",),
    "un": ("", "", "🔥🔥", "."),
}  # fmt: skip
LANGUAGES = {"en": 66, "un": 14, "es": 5, "pt": 3, "fr": 3, "de": 2, "ja": 2, "ko": 2, "ar": 2, "vi": 1}
TAGS = ("fyp", "foryou", "foryoupage", "viral", "cats", "recipe", "gym", "oddlysatisfying", "おすすめ", "fypシ", "cozy",
        "learnontiktok", "diy", "dogsoftiktok", "smalltown", "makeup", "minecraft", "humor", "travel", "booktok")  # fmt: skip
ORIGINALS = {"en": "original sound", "es": "sonido original", "pt": "som original", "fr": "son original",
             "de": "Originalton", "ja": "オリジナル楽曲", "ko": "오리지널 사운드", "vi": "nhạc nền"}  # fmt: skip
SONGS = ("Paper Boats", "Don't Wait Up", "Neon (Sped Up)", "Kettle's On - Remix", "Com'era feat. Lua", "Dusk-Till-Noon",
         "Slow Sunday Piano", "Yoncé Again", "7 Rivers", "What's Left of Us", "Wanna Be Seein' Stars", "雨の日",
         "Funk do Morro", "Deep Rest", "A B C (let's go)")  # fmt: skip
BANDS = ("The Quiet Kettles", "Lua Nova", "Moshi Sound Lab", "DJ Harbor", "Penguin Pianos", "Ada & the Engines", "秋")


def handle(number: int, random: Random) -> str:
    """A handle that no other *number* has."""
    pairs = len(FIRST) * len(SECOND)
    name = f"{FIRST[number % len(FIRST)]}{random.choice(JOINTS)}{SECOND[number // len(FIRST) % len(SECOND)]}"
    return name if number < pairs else f"{name}{number // pairs + random.choice((0, 100, 1900))}"


def nickname(name: str, random: Random) -> str:
    """A display name: like the handle, or in another alphabet."""
    if random.random() < 0.15:
        return random.choice(FOREIGN)
    plain = name.replace("_", " ").replace(".", " ")
    return (plain.title() if random.random() < 0.6 else name) + random.choice(FLOURISHES)


def advertiser(number: int) -> str:
    """An advertiser's display name, no two the same."""
    rounds, which = divmod(number, len(ADVERTISERS))
    return ADVERTISERS[which] if rounds == 0 else f"{ADVERTISERS[which]} {rounds + 1}"


def language(random: Random) -> str:
    """The language of a caption; "un" where there are no words."""
    return random.choices(tuple(LANGUAGES), tuple(LANGUAGES.values()))[0]


def caption(spoken: str, random: Random) -> tuple[str, tuple[str, ...]]:
    """A caption in the language *spoken*, and its hashtags."""
    text = random.choice(CAPTIONS[spoken])
    tags = tuple(random.sample(TAGS, random.choice((0, 0, 1, 2, 3, 5, 8))))
    return " ".join(filter(None, (text, *(f"#{tag}" for tag in tags)))), tags


def original(spoken: str, owner: str, random: Random) -> str:
    """The title of a creator's own sound, in their language, with their name in a third of cases."""
    title = ORIGINALS.get(spoken, ORIGINALS["en"])
    return f"{title} - {owner}" if random.random() < 0.3 else title


def song(random: Random) -> tuple[str, str]:
    """A record's title and artist."""
    return random.choice(SONGS), random.choice(BANDS)
