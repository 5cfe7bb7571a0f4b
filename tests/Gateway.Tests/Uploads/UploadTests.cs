using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Uploads;
using SparsePipeline.TestKit;
using static SparsePipeline.Gateway.Tests.TestGateway;

namespace SparsePipeline.Gateway.Tests.Uploads;

/// <summary>Files on their way into the store, and whatever else is sent in their place.</summary>
public sealed class UploadTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_checkpoint_is_announced_sent_and_named_by_its_digest()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Publisher);
        var bytes = File.ReadAllBytes(Network(1).Save(_folder.File("net.safetensors")));

        var upload = await OpenAsync(client, bytes);
        (await CodesAsync(await CompleteAsync(client, upload))).ShouldBe(["not-uploaded"]);
        (await SendAsync(gateway, upload, bytes)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await SendAsync(gateway, upload, bytes)).StatusCode.ShouldBe(HttpStatusCode.NoContent, "to send it again does no harm");
        var artifact = await BodyAsync(await CompleteAsync(client, upload));

        artifact.GetProperty("digest").GetString().ShouldBe(Digest(bytes));
        (await gateway.Artifacts.HashAsync(Digest(bytes), Token)).ShouldBe(Digest(bytes));
        (await OpenAsync(client, bytes)).GetProperty("artifact").Deserialize<ArtifactRef>(ContractJson.Options).ShouldBe(
            artifact.Deserialize<ArtifactRef>(ContractJson.Options), "what is there is not sent again");
        using var viewer = await gateway.ClientAsync(AccessRoles.Viewer);
        using var part = new HttpRequestMessage(HttpMethod.Get, $"/v1/artifacts/{Digest(bytes)}/content") { Headers = { Range = new(1, 8) } };
        var download = await viewer.SendAsync(part, Token);
        download.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        (await download.Content.ReadAsByteArrayAsync(Token)).ShouldBe(bytes[1..9]);
    }

    [Fact]
    public async Task Of_bytes_that_are_refused_nothing_stays()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Publisher);
        var sound = File.ReadAllBytes(Network(1).Save(_folder.File("net.safetensors")));
        var other = File.ReadAllBytes(Network(2).Save(_folder.File("other.safetensors")));
        var notFinite = File.ReadAllBytes(Network(1).Floats("nan", [1], float.NaN).Save(_folder.File("nan.safetensors")));
        byte[] pickle = [0x80, 2, .. "cos\nsystem\n"u8, .. new byte[100]];
        byte[] cut = sound[..^4];
        (byte[] Announced, byte[] Sent, HttpStatusCode Status, string Code)[] cases =
        [
            (sound, other, HttpStatusCode.UnprocessableEntity, "digest-mismatch"),
            (sound, cut, HttpStatusCode.UnprocessableEntity, "digest-mismatch"),
            (sound, [.. sound, 0], HttpStatusCode.RequestEntityTooLarge, "too-large"),
            (notFinite, notFinite, HttpStatusCode.UnprocessableEntity, FailureCodes.NotFinite),
            (pickle, pickle, HttpStatusCode.UnprocessableEntity, FailureCodes.CorruptArtifact),
            (cut, cut, HttpStatusCode.UnprocessableEntity, FailureCodes.CorruptArtifact),
        ];

        foreach (var (announced, sent, status, code) in cases)
        {
            var upload = await OpenAsync(client, announced);
            var answer = await SendAsync(gateway, upload, sent);

            answer.StatusCode.ShouldBe(status, code);
            (await CodesAsync(answer)).ShouldBe([code]);
            (await CodesAsync(await CompleteAsync(client, upload))).ShouldBe(["not-uploaded"]);
        }
        (await gateway.Artifacts.ListAsync(Token).ToListAsync(Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_text_that_was_sent_by_mistake_says_is_shown_to_nobody()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Publisher);
        var bytes = "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI"u8.ToArray();

        var answer = await SendAsync(gateway, await OpenAsync(client, bytes), bytes);

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await answer.Content.ReadAsStringAsync(Token)).ShouldNotContain("AWS");
    }

    [Fact]
    public async Task The_address_carries_a_permission_that_cannot_be_made_up_and_no_key_opens_it()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Publisher);
        using var another = await gateway.ClientAsync(AccessRoles.Admin);
        var bytes = File.ReadAllBytes(Network(1).Save(_folder.File("net.safetensors")));
        var upload = await OpenAsync(client, bytes);
        var url = upload.GetProperty("url").GetString()!;

        foreach (var forged in new[] { url[..^1] + (url[^1] == 'A' ? 'B' : 'A'), url[..url.IndexOf('?')], url.Replace("permission=1", "permission=2", StringComparison.Ordinal) })
            (await another.PutAsync(forged, new ByteArrayContent(bytes), Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await CompleteAsync(another, upload)).StatusCode.ShouldBe(HttpStatusCode.NotFound, "it is another key's");
        var again = await OpenAsync(client, bytes);
        again.GetProperty("uploadId").GetString().ShouldBe(upload.GetProperty("uploadId").GetString());
    }

    [Fact]
    public async Task A_key_has_so_many_uploads_open_and_no_more()
    {
        await using var gateway = await StartAsync(("Gateway:OpenUploadsPerKey", "2"));
        using var client = await gateway.ClientAsync(AccessRoles.Publisher);
        await OpenAsync(client, [1]);
        await OpenAsync(client, [2]);

        var answer = await client.PostAsync("/v1/uploads", Json(Request([3])), Token);

        (await CodesAsync(answer)).ShouldBe(["too-many-open-uploads"]);
        (await client.PostAsync("/v1/uploads", Json(Request([2])), Token)).StatusCode.ShouldBe(HttpStatusCode.Created, "it is open already");
    }

    [Fact]
    public async Task What_was_received_expired_or_never_came_to_be_is_not_open()
    {
        await using var gateway = await StartAsync(("Gateway:OpenUploadsPerKey", "1"));
        using var client = await gateway.ClientAsync(AccessRoles.Publisher);
        var keyId = client.DefaultRequestHeaders.Authorization!.Parameter![4..16];
        var bytes = File.ReadAllBytes(Network(1).Save(_folder.File("net.safetensors")));
        foreach (var mark in new[] { "20200101T000000Z-" + new string('a', 32), "29990101T000000Z-" + new string('b', 32) })
            await gateway.Objects.WriteAsync($"uploads/open/{keyId}/{mark}.json", "{}"u8.ToArray(), Token);

        var upload = await OpenAsync(client, bytes);
        (await CodesAsync(await client.PostAsync("/v1/uploads", Json(Request([3])), Token))).ShouldBe(["too-many-open-uploads"]);
        await SendAsync(gateway, upload, bytes);

        (await OpenAsync(client, [3])).TryGetProperty("uploadId", out _).ShouldBeTrue();
        (await gateway.Objects.ListAsync($"uploads/open/{keyId}/", Token).CountAsync(Token)).ShouldBe(3, "two from before, one of the upload that is open");
    }

    [Fact]
    public async Task Marks_of_uploads_that_expired_a_while_ago_are_taken_away()
    {
        await using var gateway = await StartAsync();
        var time = new FakeTimeProvider(new DateTimeOffset(2030, 1, 2, 0, 0, 0, TimeSpan.Zero));
        using var watch = new UploadWatch(gateway.Objects, time, NullLogger<UploadWatch>.Instance);
        foreach (var mark in new[] { "20300101T000000Z-a", "20300101T233000Z-b", "20300103T000000Z-c" })
            await gateway.Objects.WriteAsync($"uploads/open/k/{mark}.json", "{}"u8.ToArray(), Token);

        (await watch.LookAsync(Token)).ShouldBe(1);

        (await gateway.Objects.ListAsync("uploads/open/k/", Token).ToListAsync(Token)).ShouldBe(["uploads/open/k/20300101T233000Z-b.json", "uploads/open/k/20300103T000000Z-c.json"]);
    }

    [Fact]
    public async Task TorchScript_is_code_and_for_operators_only()
    {
        await using var gateway = await StartAsync();
        using var publisher = await gateway.ClientAsync(AccessRoles.Publisher);
        using var client = await gateway.ClientAsync(AccessRoles.Operator);
        var request = new { sha256 = Digest([1]), sizeBytes = 1, format = ArtifactFormats.TorchScript };

        (await CodesAsync(await publisher.PostAsync("/v1/uploads", Json(request), Token))).ShouldBe(["role"]);
        (await client.PostAsync("/v1/uploads", Json(request), Token)).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task All_that_is_wrong_with_an_announcement_is_told_at_once()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Publisher);

        var answer = await client.PostAsync("/v1/uploads", Json(new { sha256 = "ABC", sizeBytes = 1.5, format = "pickle", name = "a\nb", sise = 1 }), Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await CodesAsync(answer)).ShouldBe(["invalid-field", "invalid-field", "invalid-field", "invalid-field", "unknown-field"]);
    }

    [Fact]
    public async Task An_event_waits_for_its_upload_and_goes_on_when_the_bytes_have_come()
    {
        await using var gateway = await StartAsync();
        using var client = await gateway.ClientAsync(AccessRoles.Publisher);
        var bytes = File.ReadAllBytes(Network(1).Save(_folder.File("net.safetensors")));
        var upload = await OpenAsync(client, bytes);
        var published = await BodyAsync(await PublishAsync(client, Event("1", new { model = "digits", upload = upload.GetProperty("uploadId").GetString() })));
        var key = published.GetProperty("eventKey").GetString()!;
        (await BodyAsync(await client.GetAsync($"/v1/events/{key}", Token))).GetProperty("state").GetString().ShouldBe(EventStates.Accepted);

        await SendAsync(gateway, upload, bytes);

        (await EndAsync(client, key)).GetProperty("state").GetString().ShouldBe(EventStates.Unmatched);
    }

    private static async Task<JsonElement> OpenAsync(HttpClient client, byte[] bytes)
    {
        var answer = await client.PostAsync("/v1/uploads", Json(Request(bytes)), Token);
        answer.IsSuccessStatusCode.ShouldBeTrue();
        return await BodyAsync(answer);
    }

    private static object Request(byte[] bytes) => new { sha256 = Digest(bytes), sizeBytes = bytes.Length, format = ArtifactFormats.Safetensors };

    private static async Task<HttpResponseMessage> SendAsync(TestGateway gateway, JsonElement upload, byte[] bytes)
    {
        using var nobody = gateway.Client();
        // Without a length, as whoever wants to send more than was announced would do.
        using var request = new HttpRequestMessage(HttpMethod.Put, upload.GetProperty("url").GetString()) { Content = new ByteArrayContent(bytes), Headers = { TransferEncodingChunked = true } };
        return await nobody.SendAsync(request, Token);
    }

    private static Task<HttpResponseMessage> CompleteAsync(HttpClient client, JsonElement upload) =>
        client.PostAsync($"/v1/uploads/{upload.GetProperty("uploadId").GetString()}/complete", Json(new { }), Token);

    private static string Digest(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
