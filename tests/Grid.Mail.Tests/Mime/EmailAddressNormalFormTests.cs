using FsCheck;
using FsCheck.Fluent;
using Grid.Core.Ingress;
using Grid.Mail.Mime;

namespace Grid.Mail.Tests.Mime;

/// <summary>An address that can be submitted has a normal form: else it could not be suppressed.</summary>
public sealed class EmailAddressNormalFormTests
{
    [Fact]
    public void TryParse_whatever_is_taken_can_be_suppressed()
    {
        var local = Gen.ArrayOf(Gen.Elements("abAB09.+-_'\"\\ ()<>,;:@[]üéＡ\u00AD\u200B\u0301".ToCharArray()));
        var domain = Gen.ArrayOf(Gen.Elements("abAB09.-_üßＡ。\u00AD".ToCharArray()));
        var addresses = from left in local from right in domain from quoted in Gen.Elements(true, false) select $"{(quoted ? $"\"{new string(left)}\"" : new string(left))}@{new string(right)}.example";
        var taken = 0;
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(20_000),
            Prop.ForAll(addresses.ToArbitrary(), text =>
            {
                if (!EmailAddress.TryParse(text, out var address))
                {
                    return true;
                }

                taken++;
                return AddressNormalForm.TryNormalise(address.ToString(), out var normal) && AddressNormalForm.TryNormalise(normal, out var again) && again == normal;
            }));
        Assert.True(taken > 200, $"only {taken} were addresses at all");
    }
}
