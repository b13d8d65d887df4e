using System.Text;
using Grid.Host.Api;

namespace Grid.Host.Tests.Api;

public sealed class JsonRequestTests
{
    [Theory]
    [InlineData("""{"polcy":"x"}""", "polcy", "there is no such field")]
    [InlineData("""{"profile":{"contry":"US"}}""", "profile.contry", "there is no such field")]
    [InlineData("""{"Name":"x"}""", "Name", "there is no such field")]
    [InlineData("""{"name":"a","name":"b"}""", "name", "the field is given twice")]
    [InlineData("""{"name":5}""", "name", "the value is of the wrong kind")]
    [InlineData("""{"limits":{"messagesPerHour":"5"}}""", "limits.messagesPerHour", "the value is of the wrong kind")]
    [InlineData("""{"sendingDomains":["a",{}]}""", "sendingDomains[1]", "the value is of the wrong kind")]
    [InlineData("""{"name":"\ud800"}""", "name", "the value is of the wrong kind, or no valid Unicode")]
    [InlineData("""{"name":"a"} x""", "body", "this is not JSON")]
    [InlineData("""{"name":"a",}""", "body", "this is not JSON")]
    [InlineData("", "body", "this is not JSON")]
    [InlineData("null", "body", "null is no value here")]
    public void TryRead_what_is_not_exactly_right_is_refused_by_name(string json, string field, string message)
    {
        Assert.False(JsonRequest.TryRead(Encoding.UTF8.GetBytes(json), ApiJson.Default.TenantRequest, out _, out var error));
        Assert.Equal(field, error.Field);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TryRead_bytes_that_are_no_utf8_are_refused()
    {
        Assert.False(JsonRequest.TryRead([.. "{\"name\":\""u8, 0xFF, .. "\"}"u8], ApiJson.Default.TenantRequest, out _, out var error));
        Assert.Equal("name", error.Field);
    }

    [Fact]
    public void TryRead_nesting_is_bounded()
    {
        var json = """{"metadata":""" + string.Concat(Enumerable.Repeat("""{"a":""", 100_000)) + "1" + new string('}', 100_001);

        Assert.False(JsonRequest.TryRead(Encoding.UTF8.GetBytes(json), ApiJson.Default.OutgoingMessage, out _, out var error));
        Assert.NotNull(error);
    }

    [Fact]
    public void TryRead_a_whole_tenant_is_read()
    {
        Assert.True(JsonRequest.TryRead("""{"name":"Acme","policy":"default","sendingDomains":["a.example"],"limits":{"maxRate":"1/s"}}"""u8, ApiJson.Default.TenantRequest, out var tenant, out _));
        Assert.Equal(("Acme", "default", "1/s", "a.example"), (tenant.Name, tenant.Policy, tenant.Limits?.MaxRate, tenant.SendingDomains?.Single()));
    }
}
