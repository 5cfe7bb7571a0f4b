using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Artifacts.S3;
using SparsePipeline.TestKit;

namespace SparsePipeline.Infrastructure.Tests.Artifacts.S3;

public sealed class BlobDownloadTests
{
    // Larger than any disk: a disk that is too small is told by no other error than one that is full.
    private const long TooLarge = 1L << 55;

    [Fact]
    public async Task A_disk_without_room_for_an_object_is_full_before_a_byte_is_moved()
    {
        using var folder = new TemporaryFolder();
        using var guard = new StallGuard(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        var artifact = new ArtifactRef(new string('a', 64), TooLarge, ArtifactFormats.ResumePoint);

        var full = await Should.ThrowAsync<IOException>(
            BlobDownload.SaveAsync(new S3Download(Stream.Null, TooLarge, "", guard), artifact, folder.File("part")));

        StoreErrors.Explain(folder.Path, full).ShouldNotBeNull().Reason.ShouldBe($"The disk is full at '{folder.Path}'.");
        File.Exists(folder.File("part")).ShouldBeFalse();
    }
}
