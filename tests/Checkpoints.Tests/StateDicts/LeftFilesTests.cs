using SparsePipeline.TestKit;

namespace SparsePipeline.Checkpoints.Tests;

public sealed class LeftFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_a_killed_writer_left_is_removed_and_counted_and_what_only_looks_alike_stays()
    {
        File.WriteAllText(TemporaryName.Beside(_folder.File("soup.safetensors")), "12345");
        File.WriteAllText(TemporaryName.Beside(TemporaryName.Beside(_folder.File("soup.safetensors"))), "123");
        string[] others =
        [
            TemporaryName.Beside(_folder.File("other.safetensors")), _folder.File(".soup.safetensors.masked.partial"), _folder.File("soup.safetensors.partial"),
            _folder.File("soup.safetensors"),
        ];
        foreach (var other in others)
            File.WriteAllText(other, "mine");

        LeftFiles.Sweep(_folder.File("soup.safetensors")).ShouldBe((2, 8));

        Directory.GetFiles(_folder.Path).Order().ShouldBe(others.Order());
        LeftFiles.Sweep(_folder.File("soup.safetensors")).ShouldBe((0, 0));
        LeftFiles.Sweep(_folder.File("nowhere/soup.safetensors")).ShouldBe((0, 0));
    }

    [Fact]
    public void What_a_writer_works_on_stays()
    {
        using (var writer = StateDictWriter.Create(_folder.File("a.safetensors"), [new TensorInfo("w", TensorType.F32, [2])]))
        {
            Directory.GetFiles(_folder.Path, "*.partial").Length.ShouldBe(1);
            LeftFiles.Sweep(_folder.File("a.safetensors")).ShouldBe((0, 0));
        }

        Directory.GetFiles(_folder.Path).ShouldBeEmpty();
    }
}
