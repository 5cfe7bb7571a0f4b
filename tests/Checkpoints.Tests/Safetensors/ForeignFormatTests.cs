using System.IO.Compression;
using System.Text;
using SparsePipeline.Contracts;
using SparsePipeline.TestKit;

namespace SparsePipeline.Checkpoints.Tests;

/// <summary>What is in the place of a checkpoint after a download that went wrong.</summary>
public sealed class ForeignFormatTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Model => _folder.File("model.safetensors");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 5368709120\n", "a Git-LFS pointer", "git lfs pull")]
    [InlineData("<!DOCTYPE html>\n<html><head><title>Sign in</title>", "an HTML page", "Download the file itself")]
    [InlineData("\u00EF\u00BB\u00BF\r\n  <HTML lang='en'>", "an HTML page", "Download the file itself")]
    [InlineData("<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>", "an XML document", "Download the file itself")]
    [InlineData("Entry not found", "text that begins 'Entry not found'", "Download the file itself")]
    [InlineData("{\n  \"error\": \"Repository not found\"\n}", "JSON text", ".safetensors.index.json")]
    [InlineData("GGUF\u0003\0\0\0\u0010\0\0\0\0\0\0\0", "a GGUF file of llama.cpp", "safetensors checkpoint it was made from")]
    [InlineData("\u0093NUMPY\u0001\0v\0{'descr': '<f4'}", "a NumPy array", "safetensors.numpy.save_file")]
    [InlineData("\u0089HDF\r\n\u001a\n\0\0\0\0", "an HDF5 file", "as safetensors")]
    [InlineData("\u001f\u008b\b\0\0\0\0\0\0\u0003", "a gzip archive", "gunzip")]
    public void It_is_called_by_its_name(string start, string format, string remedy)
    {
        File.WriteAllBytes(Model, Encoding.Latin1.GetBytes(start));

        var failure = Refusal();

        failure.Reason.ShouldStartWith($"model.safetensors: this is {format}");
        failure.Reason.ShouldEndWith(", not a safetensors file.");
        failure.Remedy.ShouldContain(remedy);
    }

    [Fact]
    public void Of_an_index_only_the_beginning_is_looked_at()
    {
        var index = new byte[10 << 20];
        ForeignFormat.RefuseIndex(Model, index);
        var before = GC.GetAllocatedBytesForCurrentThread();

        ForeignFormat.RefuseIndex(Model, index);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1 << 16);
    }

    [Theory]
    [InlineData("weights/model.safetensors", "a zip archive that holds 'weights/model.safetensors'")]
    [InlineData("arr_0.npy", "a zip archive of NumPy arrays (.npz)")]
    [InlineData("readme.txt", "a zip archive, ")]
    public void A_zip_archive_is_called_by_what_is_in_it(string entry, string format)
    {
        Zip(entry);

        Refusal().Reason.ShouldStartWith($"model.safetensors: this is {format}");
    }

    [Fact]
    public void An_archive_of_PyTorch_is_told_by_its_content_whatever_its_name()
    {
        Zip("archive/data.pkl");

        Refusal().Reason.ShouldStartWith("model.safetensors: this is a zip archive as torch.save writes it. Such files are Python pickles");
    }

    [Fact]
    public void A_zip_archive_that_is_cut_off_is_called_damaged()
    {
        File.WriteAllBytes(Model, [.. "PK\u0003\u0004"u8, .. new byte[40]]);

        Refusal().Reason.ShouldBe("model.safetensors: this is a zip archive that is damaged or cut off, not a safetensors file.");
    }

    [Fact]
    public void An_index_that_is_a_pointer_or_a_page_is_called_by_its_name_too()
    {
        var index = _folder.File("model.safetensors.index.json");
        File.WriteAllText(index, "version https://git-lfs.github.com/spec/v1\n");

        Should.Throw<DomainException>(() => StateDict.Open(index)).Failure.Reason
            .ShouldBe("model.safetensors.index.json: this is a Git-LFS pointer, which names the file but does not hold it, not an index of shards.");
    }

    [Fact]
    public void A_sound_file_whose_length_spells_the_beginning_of_another_format_is_read()
    {
        // The length 0x467B is written '{F', as text would begin.
        var header = """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""".PadRight(0x467B);
        File.WriteAllBytes(Model, RawFile.Bytes(header, 4));

        using var state = StateDict.Open(Model);

        state.Tensors.ShouldHaveSingleItem().Name.ShouldBe("a");
    }

    private void Zip(string entry)
    {
        using var archive = ZipFile.Open(Model, ZipArchiveMode.Create);
        using var stream = archive.CreateEntry(entry).Open();
        stream.Write("content"u8);
    }

    private StepFailure Refusal()
    {
        var failure = Should.Throw<DomainException>(() => StateDict.Open(Model)).Failure;
        failure.Code.ShouldBe(FailureCodes.CorruptArtifact);
        return failure;
    }
}
