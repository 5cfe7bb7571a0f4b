using System.IO.Compression;
using SparsePipeline.Contracts;
using SparsePipeline.TestKit;

namespace SparsePipeline.Checkpoints.Tests;

public sealed class ScriptFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_script_that_PyTorch_wrote_is_one() => Should.NotThrow(() => ScriptFile.Check(ExampleScript.File));

    [Fact]
    public void A_missing_file_is_named() => Refusal(_folder.File("none.pt"), FailureCodes.MissingArtifact).ShouldContain("none.pt");

    [Theory]
    [InlineData(0)]
    [InlineData(22)]
    [InlineData(20_000)]
    [InlineData(-1)]
    public void A_file_that_was_cut_off_is_no_whole_archive(int length)
    {
        var whole = File.ReadAllBytes(ExampleScript.File);
        File.WriteAllBytes(_folder.File("cut.pt"), whole[..(length < 0 ? whole.Length + length : length)]);

        Refusal(_folder.File("cut.pt")).ShouldContain("no whole zip archive");
    }

    [Fact]
    public void A_pickle_is_no_archive()
    {
        File.WriteAllBytes(_folder.File("old.pt"), [0x80, 2, (byte)'.']);

        Refusal(_folder.File("old.pt")).ShouldContain("no whole zip archive");
    }

    [Fact]
    public void What_torch_save_writes_has_no_code() =>
        Refusal(ExampleScript.WithBytes(_folder.File("saved.pt"), "constants.pkl", _ => null)).ShouldContain("torch.save");

    [Fact]
    public void Any_other_archive_has_no_data()
    {
        using (var archive = ZipFile.Open(_folder.File("other.zip"), ZipArchiveMode.Create))
            archive.CreateEntry("readme.txt");

        Refusal(_folder.File("other.zip")).ShouldContain("no data.pkl");
    }

    [Fact]
    public void An_archive_that_unpacks_to_too_much_is_not_unpacked()
    {
        using (var archive = ZipFile.Open(_folder.File("bomb.zip"), ZipArchiveMode.Create))
            foreach (var name in new[] { "net/data.pkl", "net/constants.pkl", "net/code/a.py", "net/code/b.py", "net/code/c.py" })
            {
                using var stream = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
                var zeros = new byte[1 << 20];
                for (var i = 0; i < 60; i++)
                    stream.Write(zeros);
            }

        Refusal(_folder.File("bomb.zip")).ShouldContain("unpacks to far more");
    }

    private static string Refusal(string file, string code = FailureCodes.CorruptArtifact)
    {
        var failure = Should.Throw<DomainException>(() => ScriptFile.Check(file)).Failure;
        (failure.Code, failure.Remedy).ShouldBe((code, "Write it with torch.jit.script(model).save(path) in Python."));
        return failure.Reason;
    }
}
