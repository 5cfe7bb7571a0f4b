using SparsePipeline.Infrastructure.Artifacts;

namespace SparsePipeline.Infrastructure.Tests.Artifacts;

public class StoreErrorsTests
{
    [Theory]
    [InlineData(Posix.NoSpace, "The disk is full at '/data'. Free space or move the store (Store:Folder).")]
    [InlineData(Posix.QuotaExceeded, "The disk quota is used up at '/data'. Free space or raise the quota.")]
    [InlineData(Posix.ReadOnlyFileSystem, "The file system of '/data' is read-only. Mount it writable or move the store (Store:Folder).")]
    [InlineData(Posix.PermissionDenied, "No permission to use '/data'. Give this user read and write access to the store folder.")]
    public void An_error_of_the_file_system_says_what_to_do(int error, string message) =>
        Should.Throw<StoreUnavailableException>(() => StoreErrors.Map("/data", () => throw Posix.Error(error, "write"))).Message.ShouldBe(message);

    [Fact]
    public void A_full_device_is_recognised_when_dotnet_reports_it() =>
        Should.Throw<StoreUnavailableException>(() => StoreErrors.Map("/dev/full", () => File.WriteAllText("/dev/full", "text"))).Message.ShouldContain("full");

    [Fact]
    public void Another_error_passes_unchanged() =>
        Should.Throw<FileNotFoundException>(() => StoreErrors.Map("/data", () => throw new FileNotFoundException()));
}
