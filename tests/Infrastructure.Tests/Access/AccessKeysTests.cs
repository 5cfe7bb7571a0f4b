using System.Text;
using System.Text.Json;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Access;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.TestKit;

namespace SparsePipeline.Infrastructure.Tests.Access;

public sealed class AccessKeysTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StoreFolder _storeFolder;
    private readonly FileObjectStore _store;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 30, 0, 0, 0, TimeSpan.Zero));
    private readonly AccessKeys _keys;

    public AccessKeysTests()
    {
        _storeFolder = new StoreFolder(_folder.Path);
        _store = new FileObjectStore(_storeFolder);
        _keys = new AccessKeys(_store, _time);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _store.Dispose();
        _storeFolder.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_key_is_found_by_its_token_and_its_document_does_not_hold_the_secret()
    {
        var (key, text) = await _keys.CreateAsync(new NewKey(AccessRoles.Publisher, ["digits"], "nightly training"), Token);

        JsonSerializer.Serialize(await _keys.FindAsync(AccessToken.Parse(text)!, Token)).ShouldBe(JsonSerializer.Serialize(key));
        var stored = Encoding.UTF8.GetString((await _store.ReadAsync($"keys/{key.KeyId}.json", Token))!.Content.Span);
        stored.ShouldNotContain(text[17..60]);
    }

    [Fact]
    public async Task A_token_of_the_key_with_another_secret_is_of_nobody()
    {
        var (key, _) = await _keys.CreateAsync(new NewKey(AccessRoles.Admin), Token);
        var (_, other) = await _keys.CreateAsync(new NewKey(AccessRoles.Viewer), Token);
        var forged = $"spk_{key.KeyId}_{other[17..60]}";
        var crc = System.IO.Hashing.Crc32.HashToUInt32(Encoding.ASCII.GetBytes(forged));

        (await _keys.FindAsync(AccessToken.Parse($"{forged}_{crc:x8}")!, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task A_revoked_key_is_of_no_use_within_ten_seconds_in_other_processes_too()
    {
        var (key, text) = await _keys.CreateAsync(new NewKey(AccessRoles.Admin), Token);
        var token = AccessToken.Parse(text)!;
        var other = new AccessKeys(_store, _time);
        (await other.FindAsync(token, Token)).ShouldNotBeNull();

        (await _keys.RevokeAsync(key.KeyId, Token))!.RevokedAt.ShouldBe(_time.GetUtcNow());

        (await _keys.FindAsync(token, Token)).ShouldBeNull();
        _time.Advance(TimeSpan.FromSeconds(10));
        (await other.FindAsync(token, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task An_expired_key_is_of_no_use()
    {
        var (_, text) = await _keys.CreateAsync(new NewKey(AccessRoles.Admin, ExpiresAt: _time.GetUtcNow().AddHours(1)), Token);
        (await _keys.FindAsync(AccessToken.Parse(text)!, Token)).ShouldNotBeNull();

        _time.Advance(TimeSpan.FromHours(1));

        (await _keys.FindAsync(AccessToken.Parse(text)!, Token)).ShouldBeNull();
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("../runs/x")]
    [InlineData("aaaaaaaaaaaa")]
    public async Task What_is_no_key_cannot_be_revoked(string id) => (await _keys.RevokeAsync(id, Token)).ShouldBeNull();

    [Fact]
    public async Task A_role_that_does_not_exist_is_refused() =>
        (await Should.ThrowAsync<DomainException>(() => _keys.CreateAsync(new NewKey("root"), Token))).Message
            .ShouldBe("The role 'root' is none. Give one of viewer, publisher, client, operator, approver, admin.");

    [Fact]
    public void A_token_with_any_character_changed_is_told_without_a_store()
    {
        var (text, _) = AccessToken.Create();
        text.Length.ShouldBe(69);

        Gen.Select(Gen.Int[0, text.Length - 1], Gen.Char[' ', '~']).Sample((at, character) =>
            text[at] == character || AccessToken.Parse(text[..at] + character + text[(at + 1)..]) is null);
    }

    [Fact]
    public void The_checksum_is_the_usual_CRC_32_of_all_before_the_last_underscore()
    {
        // Worked out with Python's zlib.crc32.
        const string Text = "spk_abcdefghijkl_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA_CRC";

        AccessToken.Parse(Text.Replace("CRC", Crc, StringComparison.Ordinal))!.KeyId.ShouldBe("abcdefghijkl");
    }

    private const string Crc = "8f8d077c";
}
