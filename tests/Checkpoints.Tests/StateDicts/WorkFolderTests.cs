using SparsePipeline.TestKit;

namespace SparsePipeline.Checkpoints.Tests;

public sealed class WorkFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Two_for_one_output_are_two_folders_and_each_goes_with_its_operation()
    {
        using var first = WorkFolder.Beside(_folder.File("soup.safetensors"));
        File.WriteAllText(Path.Combine(first.Path, "trial"), "first");
        using (var second = WorkFolder.Beside(_folder.File("soup.safetensors")))
        {
            second.Path.ShouldNotBe(first.Path);
            Path.GetDirectoryName(second.Path).ShouldBe(_folder.Path);
            File.WriteAllText(Path.Combine(second.Path, "trial"), "second");
        }

        Directory.GetDirectories(_folder.Path).ShouldBe([first.Path]);
        File.ReadAllText(Path.Combine(first.Path, "trial")).ShouldBe("first");
    }

    [Fact]
    public void What_a_crash_left_behind_is_removed_by_the_next_operation_with_that_output_and_by_no_other()
    {
        var left = _folder.File(".soup.safetensors.x7f2.partial");
        Directory.CreateDirectory(left);
        File.WriteAllText(Path.Combine(left, "trial-0"), "gigabytes");
        File.WriteAllText(left + ".lock", "");

        WorkFolder.Beside(_folder.File("other.safetensors")).Dispose();
        Directory.Exists(left).ShouldBeTrue();
        WorkFolder.Beside(_folder.File("soup.safetensors")).Dispose();

        Directory.GetFileSystemEntries(_folder.Path).ShouldBeEmpty();
    }
}
