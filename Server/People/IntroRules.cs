using System.Text.RegularExpressions;
using ChatHub.Contracts;

namespace ChatHub.Server.People;

/// <summary>
/// Advice on an introduction: personal, short, an open question, about their work and not their looks; follow them; and
/// know that very popular accounts answer less. Deterministic and pure. Sentences and questions are recognised by punctuation,
/// which works for most scripts; greetings, question words and looks by small word lists in several languages.
/// </summary>
public static partial class IntroRules
{
    public const int MostSentences = 3;
    public const int FewestWords = 5;
    public const long PopularFrom = 100_000;

    /// <param name="text">The introduction as it stands.</param>
    /// <param name="following">The writer follows the recipient.</param>
    /// <param name="followers">How many follow the recipient.</param>
    public static IReadOnlyList<IntroTip> Advise(string text, bool following, long followers)
    {
        var tips = new List<IntroTip>();
        if (IsGeneric(text))
            tips.Add(Tip(IntroTipCode.TooGeneric, "Say why you write to this person: name something of theirs that you know."));
        if (SentenceEnd().Split(text).Count(part => part.Any(char.IsLetterOrDigit)) > MostSentences)
            tips.Add(Tip(IntroTipCode.TooLong, $"Keep it to {MostSentences} sentences: short messages are read."));
        if (!AsksOpenly(text))
            tips.Add(Tip(IntroTipCode.NoOpenQuestion, "End with a question that yes or no cannot answer: how, what, why …"));
        if (!following)
            tips.Add(Tip(IntroTipCode.NotFollowing, "Follow them first: it shows that you mean it."));
        if (Looks().IsMatch(text))
            tips.Add(Tip(IntroTipCode.AboutLooks, "Write about what they do, not about how they look."));
        if (followers >= PopularFrom)
            tips.Add(Tip(IntroTipCode.VeryPopular, "Very popular people answer few messages: do not take silence to heart."));
        return tips;
    }

    /// <summary>Only a greeting, or so few words that they would fit anybody. Scripts without spaces count characters.</summary>
    private static bool IsGeneric(string text)
    {
        var rest = Greetings().Replace(text, " ");
        var words = Word().Count(rest);
        var isDense = text.Any(c => c is >= '\u2E80' and <= '\u9FFF' or >= '\uAC00' and <= '\uD7AF' or >= '\u0E00' and <= '\u0E7F');
        return isDense ? rest.Count(char.IsLetter) < FewestWords * 2 : words < FewestWords;
    }

    /// <summary>A greeting that has the form of a question asks nothing.</summary>
    private static bool AsksOpenly(string text) =>
        Question().Matches(Greetings().Replace(text, " ")).Any(match => QuestionWord().IsMatch(match.Value));

    private static IntroTip Tip(IntroTipCode code, string text) => new() { Code = code, Text = text };

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"[.!?…。！？؟।]+(?=\s|$)|[。！？]+|\n+", Options)]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*", Options)]
    private static partial Regex Word();

    [GeneratedRegex(@"[^.!?…。！？؟।\n]*[?？؟]", Options)]
    private static partial Regex Question();

    [GeneratedRegex(
        """
        \b(?:hi|hey|hello|yo|sup|hiya|howdy|greetings|dear|good\ (?:morning|day|evening)|how\ are\ you(?:\ doing|\ today)?|what'?s\ up|nice\ to\ meet\ you
        |hola|buenas|qu[eé]\ tal|bonjour|salut|coucou|[cç]a\ va|hallo|moin|servus|guten\ (?:morgen|tag|abend)|wie\ geht'?s|ol[aá]|tudo\ bem|ciao|come\ stai
        |cze[sś][cć]|hej|merhaba|selam|привет|здравствуйте|как\ дела|مرحبا|السلام\ عليكم)\b|你好|您好|嗨|こんにちは|はじめまして|안녕하세요|안녕|नमस्ते
        """,
        Options | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Greetings();

    [GeneratedRegex(
        """
        \b(?:how(?!\ are\ you\b)|what(?!'?s\ up\b)|why|which|where|when|who|whose
        |c[oó]mo|qu[eé]|por\ qu[eé]|cu[aá]l(?:es)?|d[oó]nde|cu[aá]ndo|qui[eé]n
        |comment|pourquoi|quel(?:le)?s?|quoi|o[uù]|quand|qui
        |wie(?!\ geht)|was|warum|wieso|weshalb|welche[nrsm]?|wo|woher|wohin|wann|wer|wem
        |como|porqu[eê]|por\ que|qual|quais|onde|quando|quem
        |come|cosa|perch[eé]|quale|quali|dove|chi
        |jak(?:i|a|ie)?|co|dlaczego|gdzie|kiedy|kto|nasıl|ne(?:den)?|neden|hangi|nerede
        |как|что|почему|зачем|как(?:ой|ая|ие|ое)|где|когда|кто|كيف|ماذا|لماذا|أين|متى|ما)\b
        |怎么|怎样|如何|什么|为什么|哪|谁|どう|なぜ|何|どの|どんな|いつ|어떻게|무엇|뭐|왜|어떤|어디|कैसे|क्या|क्यों
        """,
        Options | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex QuestionWord();

    [GeneratedRegex(
        """
        \b(?:beautiful|pretty|gorgeous|sexy|hot(?:tie)?|cute|cutie|handsome|attractive|stunning|your\ (?:eyes|smile|body|lips|hair|legs|face|looks?)
        |hermos[ao]|guap[ao]|bonit[ao]|lind[ao]|tus\ ojos|tu\ sonrisa|belle|beau|jolie?|tes\ yeux|ton\ sourire
        |h[uü]bsch|sch[oö]ne?\ (?:frau|augen)|deine\ augen|dein\ l[aä]cheln|bella|bello|gata|gato|seus\ olhos|красив(?:ая|ый)|جميلة)\b
        |漂亮|美女|帅哥|可愛い|かわいい|예쁘|잘생
        """,
        Options | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Looks();
}
