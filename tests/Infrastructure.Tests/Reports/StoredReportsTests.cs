using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Reports;
using SparsePipeline.Infrastructure.Tests.Artifacts;

namespace SparsePipeline.Infrastructure.Tests.Reports;

public sealed class StoredReportsTests : IDisposable
{
    private readonly TemporaryStore _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task A_document_is_read_as_its_step_wrote_it()
    {
        var reference = await StoreAsync(JsonSerializer.Serialize(new Interval(0.25, 0.75), ContractJson.Options));

        (await ReadAsync(reference)).ShouldBe(new Interval(0.25, 0.75));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{ \"lower\": ")]
    [InlineData("[1, 2]")]
    public async Task Another_document_is_refused_by_its_digest(string text)
    {
        var reference = await StoreAsync(text);

        var refused = (await Should.ThrowAsync<DomainException>(() => ReadAsync(reference))).Failure;

        refused.Code.ShouldBe(FailureCodes.CorruptArtifact);
        refused.Reason.ShouldStartWith($"Artifact {reference.Digest} is no Interval");
    }

    private Task<Interval> ReadAsync(ArtifactRef reference) => new StoredReports(_store.Artifacts).ReadAsync<Interval>(reference, Token);

    private Task<ArtifactRef> StoreAsync(string text) =>
        _store.Artifacts.StoreAsync(_store.NewFile(TemporaryStore.Bytes(text).Span), ArtifactFormats.Json, Token);
}
