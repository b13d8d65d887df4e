using System.Text.Json;
using Grid.Host.Ingress.Templates;

namespace Grid.Host.Tests.Ingress;

public sealed class TemplateLanguageTests
{
    private const string Data = """{"name":"Ann <b>","n":1.50,"yes":true,"no":false,"nothing":null,"empty":[],"items":[{"sku":"a","price":"1"},{"sku":"b","price":"2"}],"address":{"city":"Bern"}}""";

    [Theory]
    [InlineData("Hello {{name}}", "Hello Ann <b>")]
    [InlineData("{{address.city}} {{n}}", "Bern 1.50")]
    [InlineData("{{#if yes}}a{{else}}b{{/if}}{{#if no}}c{{else}}d{{/if}}{{#unless missing}}e{{/unless}}", "ade")]
    [InlineData("{{#each items}}{{@index}}{{sku}}={{price}};{{/each}}", "0a=1;1b=2;")]
    [InlineData("{{#items}}{{sku}}{{/items}}{{^empty}}none{{/empty}}{{#each missing}}x{{else}}y{{/each}}", "abnoney")]
    [InlineData("{{#with address}}{{city}}{{/with}}{{! a comment }}", "Bern")]
    [InlineData("no tags } { at all", "no tags } { at all")]
    public void Filled_text_has_the_values(string template, string filled) => Assert.Equal(filled, Fill(template));

    [Fact]
    public void Filled_html_escapes_what_is_not_said_to_be_html() => Assert.Equal("Ann &lt;b&gt; Ann <b>", Fill("{{name}} {{{name}}}", html: true));

    [Theory]
    [InlineData("Hello {{nmae}}", "nmae")]
    [InlineData("{{address.street}}", "street")]
    [InlineData("{{#each items}}{{colour}}{{/each}}", "colour")]
    public void Value_that_the_data_lacks_is_named(string template, string named) =>
        Assert.Contains(named, Assert.Throws<TemplateFaultException>(() => Fill(template)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{{#if a}}x")]
    [InlineData("{{")]
    [InlineData("{{> other}}")]
    [InlineData("{{~> other}}")]
    [InlineData("{{#> other}}x{{/other}}")]
    [InlineData("{{#*inline \"a\"}}{{> a}}{{> a}}{{/inline}}{{> a}}")]
    [InlineData("{{ #* inline \"a\"}}x{{/inline}}")]
    [InlineData("{{{{raw}}}}x{{{{/raw}}}}")]
    public void Template_that_cannot_be_read_is_refused(string template) => Assert.Throws<TemplateFaultException>(() => TemplateLanguage.Compile(template, html: false));

    [Theory]
    [InlineData("{{log name}}")]
    [InlineData("{{name.GetType.Assembly}}")]
    [InlineData("{{#noop name}}x{{/noop}}")]
    public void Way_into_the_program_is_none(string template) => Assert.Throws<TemplateFaultException>(() => Fill(template));

    [Fact]
    public void Work_is_bounded_whatever_is_nested()
    {
        var items = JsonDocument.Parse($$"""{"l":[{{string.Join(',', Enumerable.Repeat("1", 200))}}]}""").RootElement;
        Assert.Contains("loops", Assert.Throws<TemplateFaultException>(
            () => TemplateLanguage.Compile("{{#each l}}{{#each ../l}}{{#each ../../l}}{{/each}}{{/each}}{{/each}}", html: false)(items, new())).Message, StringComparison.Ordinal);

        var text = JsonDocument.Parse($$"""{"l":[{{string.Join(',', Enumerable.Repeat("1", 5000))}}],"t":"{{new string('x', 1000)}}"}""").RootElement;
        Assert.Contains("longer", Assert.Throws<TemplateFaultException>(
            () => TemplateLanguage.Compile("{{#each l}}{{@root.t}}{{/each}}", html: false)(text, new())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Work_is_bounded_for_all_fillings_of_a_request()
    {
        // Loops that write nothing: a batch of a thousand such messages took half an hour of a processor.
        var items = JsonDocument.Parse($$"""{"l":[{{string.Join(',', Enumerable.Repeat("1", 100))}}],"x":""}""").RootElement;
        var compiled = TemplateLanguage.Compile("{{#each l}}{{#each ../l}}" + string.Concat(Enumerable.Repeat("{{@root.x}}", 96)) + "{{/each}}{{/each}}", html: true);
        var (work, filled) = (new TemplateWork(), 0);

        var fault = Assert.Throws<TemplateFaultException>(() =>
        {
            for (; filled < 1000; filled++)
            {
                compiled(items, work);
            }
        });

        // 100 items and 100 times 100 of them, as 100 tags each.
        Assert.Equal(TemplateWork.Most / (10_100 * 100), filled);
        Assert.Contains("this request's templates", fault.Message, StringComparison.Ordinal);
        Assert.Equal("", compiled(items, new()));
    }

    [Theory]
    [InlineData("{{#if name}}", "{{/if}}", 16, true)]
    [InlineData("{{#if name}}", "{{/if}}", 17, false)]
    [InlineData("{{#if name}}", "{{/if}}", 100_000, false)]
    [InlineData("{{name}}", "", 500, true)]
    [InlineData("{{name}}", "", 501, false)]
    public void Size_is_bounded_at_its_edges(string opening, string closing, int times, bool read)
    {
        var template = string.Concat(Enumerable.Repeat(opening, times)) + string.Concat(Enumerable.Repeat(closing, times));
        if (read)
        {
            TemplateLanguage.Compile(template, html: false);
        }
        else
        {
            Assert.Throws<TemplateFaultException>(() => TemplateLanguage.Compile(template, html: false));
        }
    }

    private static string Fill(string template, bool html = false) => TemplateLanguage.Compile(template, html)(JsonDocument.Parse(Data).RootElement, new());
}
