using SparsePipeline.Checkpoints;
using SparsePipeline.TestKit;

namespace SparsePipeline.Cli.Tests.Commands;

/// <summary>Every command asks a file what it is before it uses its numbers.</summary>
public sealed class FileKindTests : IDisposable
{
    private static readonly string[] Small = ["--model", "mlp", "--data", "digits"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Packed_checkpoints_are_averaged_as_what_they_are()
    {
        var run = await CliRun.InvokeAsync("soup", Cases.Path("f1-a.packed"), Cases.Path("f1-b.packed"), "-o", folder.File("soup.safetensors"));
        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        SmallCheckpoint.Read(folder.File("soup.safetensors"), "fc.weight").ShouldBe([.5f, 2.5f, 1, 3, 1.5f, 3.5f, 2, 4]);
        Directory.GetFileSystemEntries(folder.Path).ShouldBe([folder.File("soup.safetensors")]);
        run.Output.ShouldContain("f1-a.packed.safetensors is packed; it is unpacked first");
    }

    [Fact]
    public async Task A_packed_checkpoint_is_pruned_as_what_it_is()
    {
        var run = await CliRun.InvokeAsync("prune", Cases.Copy("f1-a.packed", folder), "-s", "0.75");
        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        SmallCheckpoint.Read(folder.File("f1-a.packed.pruned.safetensors"), "fc.weight").ShouldBe([0, 0, 0, 0, 3, 0, 4, 0]);
    }

    [Fact]
    public async Task What_is_packed_is_exported_plain_and_packed_again()
    {
        foreach (var format in (string[])["safetensors", "packed"])
        {
            var run = await CliRun.InvokeAsync("export", Cases.Path("f1-a.packed"), "-f", format, "-o", folder.File(format));
            run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        }

        SmallCheckpoint.Read(folder.File("safetensors"), "fc.weight").ShouldBe([1, 0, 2, 0, 3, 0, 4, 0]);
        ContentDigest.OfFile(folder.File("packed")).ShouldBe(ContentDigest.OfFile(Cases.Path("f1-a.packed")));
    }

    [Theory]
    [InlineData("f2-a", "f2-b", "is a quantised checkpoint ('fc.weight' is I8 and belongs to 'fc.scale')", "Dequantise")]
    [InlineData("f14-a", "f14-b", "is an adapter", "Merge the adapter into its base first")]
    public async Task What_is_not_linear_tensor_by_tensor_is_refused_by_every_command_that_computes(string first, string second, string reason, string remedy)
    {
        string[][] calls =
        [
            ["soup", Cases.Path(first), Cases.Path(second), "-o", folder.File("out.safetensors")],
            ["prune", Cases.Path(first), "-s", "0.5", "-o", folder.Path],
            ["evaluate", Cases.Path(first), .. Small],
            ["bench-model", Cases.Path(first), .. Small],
        ];
        foreach (var call in calls)
        {
            var run = await CliRun.InvokeAsync(call);
            run.ExitCode.ShouldBe(ExitCodes.RefusedInput, $"{call[0]}: {run.Output}{run.Error}");
            run.Error.ShouldContain($"{first}.safetensors {reason}");
            run.Error.ShouldContain(remedy);
            run.ErrorLines.Count.ShouldBe(1);
            Directory.GetFileSystemEntries(folder.Path).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Indices_that_differ_are_refused_even_where_one_weight_is_zero()
    {
        var run = await CliRun.InvokeAsync("soup", Cases.Path("f2c-a"), Cases.Path("f2c-b"), "--weights", "1", "0", "-o", folder.File("out.safetensors"));
        run.ExitCode.ShouldBe(ExitCodes.RefusedInput);
        run.Error.ShouldContain("'emb.position_ids' (I64) in f2c-a.safetensors and f2c-b.safetensors");
        Directory.GetFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_soup_names_every_file_it_refuses()
    {
        var run = await CliRun.InvokeAsync("soup", Cases.Path("f2-a"), Cases.Path("f1-a"), Cases.Path("f14-a"), "-o", folder.File("out.safetensors"));
        run.Error.ShouldContain("f2-a.safetensors");
        run.Error.ShouldContain("f14-a.safetensors");
        run.Error.ShouldNotContain("f1-a.safetensors is");
    }

    [Fact]
    public async Task Of_several_files_to_prune_all_that_are_refused_are_named_before_anything_is_written()
    {
        var run = await CliRun.InvokeAsync("prune", Cases.Path("f1-a"), Cases.Path("f14-a"), Cases.Path("f2-a"), "-s", "0.5", "-o", folder.Path);
        run.ExitCode.ShouldBe(ExitCodes.RefusedInput);
        run.Error.ShouldContain("f14-a.safetensors is an adapter");
        run.Error.ShouldContain("f2-a.safetensors is a quantised checkpoint");
        Directory.GetFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_type_nobody_knows_is_shown_by_its_name_and_its_bytes()
    {
        new StateDictBuilder().Floats("fc.weight", [1, 2], 1, 0).Unknown("fc.codes", "F3_E1M1", [8, 512], new byte[1536]).Save(folder.File("m.safetensors"));
        var run = await CliRun.InvokeAsync("inspect", folder.File("m.safetensors"));
        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        run.Output.ShouldContain("carried as they are, not computed with: F3_E1M1 (1, 1.5 KB)");
        run.Output.ShouldContain("not counted");
    }

    [Fact]
    public async Task A_pointer_that_was_not_fetched_is_called_one()
    {
        await File.WriteAllTextAsync(folder.File("m.safetensors"), "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n", TestContext.Current.CancellationToken);
        var run = await CliRun.InvokeAsync("prune", folder.File("m.safetensors"), "-s", "0.5");
        run.ExitCode.ShouldBe(ExitCodes.RefusedInput);
        run.Error.ShouldContain("m.safetensors: this is a Git-LFS pointer");
        run.Error.ShouldContain("git lfs pull");
    }

    [Theory]
    [InlineData("f2-a", "quantised")]
    [InlineData("f14-a", "adapter")]
    public async Task Such_files_are_inspected_verified_and_exported(string name, string kind)
    {
        var inspected = await CliRun.InvokeAsync("inspect", Cases.Path(name));
        inspected.ExitCode.ShouldBe(ExitCodes.Ok, inspected.Error);
        inspected.Output.ShouldContain($"{name}.safetensors: {kind}, ");
        (await CliRun.InvokeAsync("verify", Cases.Path(name))).ExitCode.ShouldBe(ExitCodes.Ok);
        (await CliRun.InvokeAsync("export", Cases.Path(name), "-f", "packed", "-o", folder.File("packed"))).ExitCode.ShouldBe(ExitCodes.Ok);
        (await CliRun.InvokeAsync("export", folder.File("packed"), "-o", folder.File("plain"))).ExitCode.ShouldBe(ExitCodes.Ok);
        (await CliRun.InvokeAsync("inspect", folder.File("packed"))).Output.ShouldContain($"; packed is: {kind}");
        using var before = StateDict.Open(Cases.Path(name));
        using var after = StateDict.Open(folder.File("plain"));
        after.StructureDigest.ShouldBe(before.StructureDigest);
        foreach (var tensor in before.Tensors)
            after.Bytes(tensor.Name, 0, (int)tensor.ByteLength).SequenceEqual(before.Bytes(tensor.Name, 0, (int)tensor.ByteLength)).ShouldBeTrue(tensor.Name);
    }

    [Fact]
    public async Task A_checkpoint_given_as_a_mask_is_called_by_its_kind()
    {
        var run = await CliRun.InvokeAsync("prune", Cases.Path("f1-a"), "-s", "0.5", "--mask", Cases.Path("f14-a"), "-o", folder.Path);
        run.ExitCode.ShouldBe(ExitCodes.RefusedInput);
        run.Error.ShouldContain("f14-a.safetensors is not a sparsity mask but an adapter");
    }
}
