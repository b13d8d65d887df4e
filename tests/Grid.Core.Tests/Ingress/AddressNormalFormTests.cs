using FsCheck.Fluent;
using Grid.Core.Ingress;

namespace Grid.Core.Tests.Ingress;

public sealed class AddressNormalFormTests
{
    [Theory]
    [InlineData("user@example.com", "user@example.com")]
    [InlineData("  User@Example.COM\t", "user@example.com")]
    [InlineData("user@example.com.", "user@example.com")]
    [InlineData("\"user\"@example.com", "user@example.com")]
    [InlineData("\"us\\er\"@example.com", "user@example.com")]
    [InlineData("\"first\".\"last\"@example.com", "first.last@example.com")]
    [InlineData("\"first.last\"@example.com", "first.last@example.com")]
    [InlineData("\"a b\"@example.com", "\"a b\"@example.com")]
    [InlineData("\"\\a\\ b\"@example.com", "\"a b\"@example.com")]
    [InlineData("\"a@b\"@example.com", "\"a@b\"@example.com")]
    [InlineData("\"a..b\"@example.com", "\"a..b\"@example.com")]
    [InlineData("\"q\\\"\\\\\"@example.com", "\"q\\\"\\\\\"@example.com")]
    [InlineData("user@BÜCHER.example", "user@xn--bcher-kva.example")]
    [InlineData("user@bu\u0308cher.example", "user@xn--bcher-kva.example")]
    [InlineData("user@XN--BCHER-KVA.example", "user@xn--bcher-kva.example")]
    [InlineData("user@例え\u3002jp", "user@xn--r8jz45g.jp")]
    [InlineData("user@\uFF45\uFF58ample.com", "user@example.com")]
    [InlineData("\uFF35ser@example.com", "user@example.com")]
    [InlineData("JOSÉ@example.com", "josé@example.com")]
    [InlineData("jose\u0301@example.com", "josé@example.com")]
    [InlineData("ΟΔΟΣ@example.gr", "οδοσ@example.gr")]
    [InlineData("οδος@example.gr", "οδοσ@example.gr")]
    [InlineData("user@[192.0.2.1]", "user@[192.0.2.1]")]
    [InlineData("user@[IPv6:2001:DB8:0::1]", "user@[ipv6:2001:db8::1]")]
    [InlineData("user+tag@example.com", "user+tag@example.com")]
    public void TryNormalise_spellings_of_one_mailbox_are_one(string address, string expected)
    {
        Assert.True(AddressNormalForm.TryNormalise(address, out var normal));
        Assert.Equal(expected, normal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("user")]
    [InlineData("@example.com")]
    [InlineData("user@")]
    [InlineData("user@.")]
    [InlineData("user@a..b")]
    [InlineData("user@-a.example")]
    [InlineData("us er@example.com")]
    [InlineData("us(er)@example.com")]
    [InlineData("user@(c)example.com")]
    [InlineData("User <user@example.com>")]
    [InlineData("user@example.com, other@example.com")]
    [InlineData("a@b@example.com")]
    [InlineData(".user@example.com")]
    [InlineData("user.@example.com")]
    [InlineData("us..er@example.com")]
    [InlineData("\"user@example.com")]
    [InlineData("\"user\"x@example.com")]
    [InlineData("\"\"@example.com")]
    [InlineData("\"a\r\nb\"@example.com")]
    [InlineData("us\0er@example.com")]
    [InlineData("user@exa mple.com")]
    [InlineData("user@[192.0.2.256]")]
    [InlineData("user@[example]")]
    public void TryNormalise_what_is_no_bare_address_is_refused(string address) => Assert.False(AddressNormalForm.TryNormalise(address, out _));

    [Fact]
    public void TryNormalise_length_is_bounded()
    {
        Assert.True(AddressNormalForm.TryNormalise(new string('a', 64) + "@example.com", out _));
        Assert.False(AddressNormalForm.TryNormalise(new string('a', 65) + "@example.com", out _));
        Assert.False(AddressNormalForm.TryNormalise(new string('é', 33) + "@example.com", out _));
        Assert.False(AddressNormalForm.TryNormalise("a@" + new string('b', 64) + ".example", out _));
        Assert.False(AddressNormalForm.TryNormalise(new string(' ', 600) + "a@b.example", out _));
    }

    [Theory]
    [InlineData("First.Last+x@GoogleMail.com", AddressVariants.DropPlusTag | AddressVariants.DropGmailDots, "firstlast@gmail.com")]
    [InlineData("First.Last+x@example.com", AddressVariants.DropPlusTag | AddressVariants.DropGmailDots, "first.last@example.com")]
    [InlineData("+x@example.com", AddressVariants.DropPlusTag, "+x@example.com")]
    public void TryNormalise_ignored_variants_are_dropped(string address, AddressVariants ignored, string expected)
    {
        Assert.True(AddressNormalForm.TryNormalise(address, ignored, out var normal));
        Assert.Equal(expected, normal);
    }

    private static readonly string[] Alphabet = ["a", "B", "7", ".", "+", "\"", "\\", " ", "@", "é", "e\u0301", "Σ", "ς", "\uFF21", "\uFF20", "\u0130", "ß", "한", "𝐀", "\u200B", "\u00A0", "<", "("];

    [Fact]
    public void TryNormalise_any_normal_form_is_its_own() =>
        Properties.Hold(
            from local in Gen.Elements(Alphabet).ListOf(8)
            from quoted in Gen.Elements(true, false)
            from domain in Gen.Elements("Example.COM.", "bücher.DE", "ex\uFF0Eorg", "[2001:db8::1]", "ΣΑΣ.gr")
            select (quoted ? $"\"{string.Concat(local)}\"" : string.Concat(local)) + "@" + domain,
            address => !AddressNormalForm.TryNormalise(address, out var once) || (AddressNormalForm.TryNormalise(once, out var twice) && once == twice),
            1000);

    [Fact]
    public void TryNormalise_any_spelling_of_a_mailbox_finds_it() =>
        Properties.Hold(
            from letters in Gen.Elements('a', 'b', 'z', '0', '9', '-', '_', 'é', 'ö').NonEmptyListOf()
            from upper in Gen.Elements(true, false).ListOf(80)
            from escape in Gen.Elements(true, false).ListOf(80)
            from quote in Gen.Elements(true, false)
            from decompose in Gen.Elements(true, false)
            from around in Gen.Elements("", " ", "\t")
            from domain in Gen.Elements("mail.example", "MAIL.example", "mail.example.", "ma\uFF49l.example")
            select (Plain: string.Concat(letters.Take(20)), Spelt: Spell([.. letters.Take(20)], [.. upper], [.. escape], quote, decompose), around, domain),
            c => AddressNormalForm.TryNormalise(c.Plain + "@mail.example", out var plain)
                && AddressNormalForm.TryNormalise(c.around + c.Spelt + "@" + c.domain + c.around, out var spelt)
                && plain == spelt,
            1000);

    private static string Spell(char[] letters, bool[] upper, bool[] escape, bool quote, bool decompose)
    {
        var spelt = letters.Select((c, i) =>
        {
            var cased = upper[i] ? char.ToUpperInvariant(c) : c;
            var mark = cased switch { 'é' => "e\u0301", 'É' => "E\u0301", 'ö' => "o\u0308", 'Ö' => "O\u0308", _ => null };
            return (quote && escape[i] ? "\\" : "") + (decompose && mark is not null ? mark : cased.ToString());
        });
        return quote ? "\"" + string.Concat(spelt) + "\"" : string.Concat(spelt);
    }
}
