using System.Net;
using System.Security.Cryptography;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Access;
using SparsePipeline.TestKit;
using static SparsePipeline.Gateway.Tests.TestGateway;

namespace SparsePipeline.Gateway.Tests.Access;

/// <summary>What comes from an address without a key.</summary>
public sealed class AddressLimitTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("/v1/schemas/recipe/1")]
    [InlineData("/nowhere")]
    [InlineData("/health/live")]
    public async Task Who_asks_too_often_without_a_key_is_held_back(string path)
    {
        await using var gateway = await StartAsync(("Gateway:UnknownRate", "1"));
        using var client = gateway.Client();

        var answers = await SendAsync(client, path, 200);

        answers.ShouldContain(HttpStatusCode.TooManyRequests);
        answers.ShouldContain(status => status != HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Probes_keys_and_uploads_go_on_from_an_address_that_floods()
    {
        await using var gateway = await StartAsync(("Gateway:UnknownRate", "1"));
        using var nobody = gateway.Client();
        using var client = await gateway.ClientAsync(AccessRoles.Publisher);
        var file = Network(1).Save(_folder.File("net.safetensors"));
        var bytes = await File.ReadAllBytesAsync(file, Token);
        var upload = await BodyAsync(await client.PostAsync("/v1/uploads", Json(new { sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)), sizeBytes = bytes.Length, format = "safetensors" }), Token));
        (await SendAsync(nobody, "/nowhere", 200)).ShouldContain(HttpStatusCode.TooManyRequests);

        (await nobody.GetAsync("/health/ready", Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync("/v1/events", Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (var _ in Enumerable.Range(0, 20))
            (await nobody.PutAsync(upload.GetProperty("url").GetString(), new ByteArrayContent(bytes), Token)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Who_guesses_addresses_of_uploads_is_held_back()
    {
        await using var gateway = await StartAsync(("Gateway:UnknownRate", "1"));
        using var guesser = gateway.Client();

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(async i =>
            (await guesser.PutAsync($"/v1/uploads/{i:x32}/content?permission=1.x", new ByteArrayContent([1]), Token)).StatusCode));

        answers.ShouldContain(HttpStatusCode.NotFound);
        answers.ShouldContain(HttpStatusCode.TooManyRequests);
    }

    [Theory]
    [InlineData("203.0.113.9", "203.0.113.9")]
    [InlineData("::ffff:203.0.113.9", "203.0.113.9")]
    [InlineData("2001:db8:1:2:3:4:5:6", "20010db800010002")]
    [InlineData("2001:db8:1:2::1", "20010db800010002")]
    public void Of_an_address_counts_what_its_owner_cannot_change(string address, string counted) =>
        AddressLimits.AddressOf(IPAddress.Parse(address)).ShouldBe(counted);

    private static Task<HttpStatusCode[]> SendAsync(HttpClient client, string path, int count) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(async _ => (await client.GetAsync(path, Token)).StatusCode));
}
