using SparsePipeline.Contracts;
using SparsePipeline.TestKit;

namespace SparsePipeline.Checkpoints.Tests;

/// <summary>Files behind links, as caches of downloads lay them out: the size that counts is that of the file.</summary>
public sealed class LinkedFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_sound_file_behind_a_short_link_is_opened()
    {
        new StateDictBuilder().Floats("a.weight", [1, 1], 1).Save(_folder.File("blob"));

        using var state = StateDict.Open(Link("model.safetensors", "blob"));

        state.Find("a.weight").ShouldNotBeNull();
    }

    [Fact]
    public void An_index_that_is_too_long_is_refused_before_it_is_read()
    {
        Large(SafetensorsHeader.MaxLength + 1L);

        Should.Throw<DomainException>(() => StateDict.Open(Link("model.safetensors.index.json", "blob"))).Message.ShouldContain("the index is longer than");
    }

    [Fact]
    public void A_script_that_is_too_large_is_refused()
    {
        Large(ScriptFile.MaxBytes + 1);

        Should.Throw<DomainException>(() => ScriptFile.Check(Link("net.pt", "blob"))).Failure.Code.ShouldBe(FailureCodes.TooLarge);
    }

    [Fact]
    public void A_link_is_followed_through_a_folder_that_is_one_itself()
    {
        Directory.CreateDirectory(_folder.File("deep/snapshot"));
        File.WriteAllBytes(_folder.File("deep/blob"), new byte[100]);
        File.CreateSymbolicLink(_folder.File("deep/snapshot/model"), "../blob");
        Directory.CreateSymbolicLink(_folder.File("short"), _folder.File("deep/snapshot"));

        FileSize.Of(_folder.File("short/model")).ShouldBe(100);
        FileSize.Of(_folder.File("deep/blob")).ShouldBe(100);
    }

    private string Link(string name, string target)
    {
        File.CreateSymbolicLink(_folder.File(name), target);
        return _folder.File(name);
    }

    private void Large(long bytes)
    {
        using var file = File.Create(_folder.File("blob"));
        file.SetLength(bytes);
    }
}
