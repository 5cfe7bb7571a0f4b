using System.Runtime.Versioning;
using SparsePipeline.Contracts;
using SparsePipeline.TestKit;

namespace SparsePipeline.Checkpoints.Tests;

[UnsupportedOSPlatform("windows")]
public sealed class UnlistedFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_missing_file_is_named_where_its_folder_cannot_be_listed()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "Nothing is closed to an administrator.");
        var closed = Directory.CreateDirectory(_folder.File("closed"), UnixFileMode.UserExecute | UnixFileMode.UserWrite).FullName;

        var missing = Record.Exception(() => StateDict.Open(Path.Combine(closed, "a.safetensors")));
        var folder = Record.Exception(() => ScriptFile.Check(closed));

        // So that it can be removed.
        File.SetUnixFileMode(closed, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        missing.ShouldBeOfType<DomainException>().Failure.Reason.ShouldBe($"{closed}/a.safetensors does not exist.");
        folder.ShouldBeOfType<DomainException>().Failure.Reason.ShouldBe($"{closed} is a folder, and a file is wanted.");
    }
}
