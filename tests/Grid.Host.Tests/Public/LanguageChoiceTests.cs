using Grid.Host.Public;

namespace Grid.Host.Tests.Public;

public sealed class LanguageChoiceTests
{
    [Theory]
    [InlineData(null, "en")]
    [InlineData("", "en")]
    [InlineData("de", "de")]
    [InlineData("de-AT, en;q=0.5", "de")]
    [InlineData("en;q=0.5, fr;q=0.9", "fr")]
    [InlineData("zh, es;q=0.2", "es")]
    [InlineData("zh", "en")]
    [InlineData("*", "en")]
    [InlineData("pl;q=0, it", "it")]
    [InlineData("PT-br", "pt")]
    [InlineData("deu", "en")]
    [InlineData(";;;\u0001<script>", "en")]
    public void Of_the_wanted_language_that_there_is(string? header, string expected) =>
        Assert.Equal(expected, LanguageChoice.Of(header, UnsubscribeWords.All).Language);

    [Fact]
    public void All_languages_say_everything_and_name_what_they_must()
    {
        Assert.True(UnsubscribeWords.All.Count >= 6);
        Assert.Equal(UnsubscribeWords.All.Count, UnsubscribeWords.All.Select(words => words.Language).Distinct().Count());
        Assert.All(UnsubscribeWords.All, words =>
        {
            Assert.All(typeof(UnsubscribeWords).GetProperties().Where(property => property.PropertyType == typeof(string)), property => Assert.NotEmpty((string)property.GetValue(words)!));
            Assert.Contains("{0}", words.ForAddress, StringComparison.Ordinal);
            Assert.Contains("{1}", words.List, StringComparison.Ordinal);
            Assert.Contains("{1}", words.Sender, StringComparison.Ordinal);
        });
    }
}
