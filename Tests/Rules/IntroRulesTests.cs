using ChatHub.Contracts;
using ChatHub.Server.People;
using Xunit;

namespace ChatHub.Tests.Rules;

/// <summary>Advice on an introduction: deterministic, and in more than one language.</summary>
public sealed class IntroRulesTests
{
    private static readonly IntroTipCode[] None = [];

    [Theory]
    [InlineData("I read your paper on tidal power last week. Which site would you choose first?")]
    [InlineData("Dein Vortrag über Gezeitenkraft hat mir geholfen. Welchen Standort würdest du zuerst wählen?")]
    [InlineData("Leí tu artículo sobre energía mareomotriz. ¿Qué lugar elegirías primero?")]
    [InlineData("J'ai lu ton article sur les marées. Quel site choisirais-tu en premier ?")]
    [InlineData("Я прочитала вашу статью о приливах. Какой берег вы бы выбрали первым?")]
    [InlineData("قرأت مقالك عن طاقة المد والجزر أمس. أين ستبدأ المشروع الأول؟")]
    [InlineData("我读了你关于潮汐能的论文。你会先选择什么地方？")]
    [InlineData("潮力発電についての論文を読みました。どの場所を最初に選びますか？")]
    public void A_personal_short_open_question_about_their_work_needs_no_advice(string text) =>
        Assert.Equal(None, Codes(text));

    [Theory]
    [InlineData("hi")]
    [InlineData("Hello, how are you today?")]
    [InlineData("Hey!!! what's up")]
    [InlineData("¡Hola! ¿Qué tal?")]
    [InlineData("Hallo, wie geht's?")]
    [InlineData("Bonjour, ça va ?")]
    [InlineData("Привет, как дела?")]
    [InlineData("你好")]
    [InlineData("")]
    public void A_mere_greeting_is_generic_and_asks_nothing(string text) =>
        Assert.Equal([IntroTipCode.TooGeneric, IntroTipCode.NoOpenQuestion], Codes(text));

    [Theory]
    [InlineData("I read it. I liked it. I shared it. What is next for you?")]
    [InlineData("我读了。我喜欢。我分享了。接下来你想做什么？")]
    [InlineData("I read it\nI liked it\nI shared it\nWhat is next for you?")]
    public void More_than_3_sentences_are_too_long(string text) =>
        Assert.Equal([IntroTipCode.TooLong], Codes(text));

    [Theory]
    [InlineData("I read your paper on tidal power last week.")]
    [InlineData("I read your paper on tidal power. Do you like it?")]
    [InlineData("I know what you did in your paper on tidal power. Can I call you?")]
    public void A_question_that_yes_or_no_answers_is_not_open(string text) =>
        Assert.Equal([IntroTipCode.NoOpenQuestion], Codes(text));

    [Theory]
    [InlineData("You look gorgeous in that boat picture. Where was it taken?")]
    [InlineData("Deine Augen sind toll auf dem Boot. Wo war das denn?")]
    [InlineData("Qué guapa estás en ese barco tan grande. ¿Dónde fue?")]
    [InlineData("Tu es si belle sur ce bateau à voiles. Où était-ce ?")]
    [InlineData("你在船上的照片真漂亮我很喜欢。那是在什么地方？")]
    public void Their_looks_are_no_subject(string text) =>
        Assert.Equal([IntroTipCode.AboutLooks], Codes(text));

    [Theory]
    [InlineData(99_999, false)]
    [InlineData(100_000, true)]
    public void Recipient_with_very_many_followers_gets_a_tip(long followers, bool advised) =>
        Assert.Equal(advised, IntroRules.Advise("Anything", following: true, followers).Any(tip => tip.Code == IntroTipCode.VeryPopular));

    [Theory]
    [InlineData("Your tidal power paper surprised", true)]
    [InlineData("Your tidal paper surprised", false)]
    [InlineData("Hello, your tidal paper surprised", false)]
    [InlineData("Your tidal power-hello-paper surprised", true)]
    [InlineData("我读了你的论文很好啊", true)]
    [InlineData("我读了你的论文很好", false)]
    [InlineData("你好！我读了你的论文很", false)]
    [InlineData("논문을 읽었어요 정말", false)]
    [InlineData("논문을 읽었어요 정말 좋았", true)]
    [InlineData("ผมอ่านบทความของคณ", true)]
    public void Text_of_fewer_than_5_words_or_10_dense_letters_is_generic(string text, bool isPersonal) =>
        Assert.NotEqual(isPersonal, Codes(text).Contains(IntroTipCode.TooGeneric));

    [Theory]
    [InlineData('\u2E7F', '\u2E80')]
    [InlineData('\uA000', '\u9FFF')]
    [InlineData('\uABFF', '\uAC00')]
    [InlineData('\uD7B0', '\uD7AF')]
    [InlineData('\u0DFF', '\u0E00')]
    [InlineData('\u0E80', '\u0E7F')]
    public void Dense_scripts_are_known_by_their_blocks(char outside, char inside)
    {
        // Five words, but not ten letters.
        Assert.DoesNotContain(IntroTipCode.TooGeneric, Codes($"a b c d e {outside}"));
        Assert.Contains(IntroTipCode.TooGeneric, Codes($"a b c d e {inside}"));
    }

    [Fact]
    public void Three_sentences_are_short_enough() =>
        Assert.Equal(None, Codes("I read your paper. I liked it a lot. What is next for you?"));

    [Fact]
    public void Greeting_without_spaces_around_it_does_not_hide_the_question() =>
        Assert.DoesNotContain(IntroTipCode.NoOpenQuestion, Codes("Alice你好what is it?"));

    [Fact]
    public void Each_tip_has_a_sentence_and_they_come_in_their_order()
    {
        var tips = IntroRules.Advise("Hi. You. Are. Cute.", following: false, IntroRules.PopularFrom);

        Assert.Equal(Enum.GetValues<IntroTipCode>(), tips.Select(tip => tip.Code));
        Assert.All(tips, tip => Assert.EndsWith(".", tip.Text.Replace("…", ".", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.Equal(tips.Count, tips.Select(tip => tip.Text).Distinct().Count());
    }

    [Fact]
    public void Writer_who_follows_is_not_advised_to_follow()
    {
        Assert.Contains(IntroTipCode.NotFollowing, IntroRules.Advise("Anything", following: false, 10).Select(tip => tip.Code));
        Assert.DoesNotContain(IntroTipCode.NotFollowing, Codes("Anything"));
    }

    private static IEnumerable<IntroTipCode> Codes(string text) =>
        IntroRules.Advise(text, following: true, followers: 10).Select(tip => tip.Code);
}
