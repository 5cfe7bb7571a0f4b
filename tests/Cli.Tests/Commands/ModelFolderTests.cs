using System.Diagnostics;
using System.Text.Json;
using SparsePipeline.Checkpoints;
using SparsePipeline.TestKit;

namespace SparsePipeline.Cli.Tests.Commands;

/// <summary>Folders as transformers lays them out, whole or in shards, in and out.</summary>
public sealed class ModelFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("a")]
    [InlineData("a/model.safetensors.index.json")]
    public async Task Pruning_a_folder_of_shards_gives_a_folder_of_the_same_shards(string given)
    {
        Model("a", 1);

        var run = await CliRun.InvokeAsync("prune", folder.File(given), "-s", "0.5");

        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        Names("a.pruned").ShouldBe([.. Names("a").Append("model.mask.safetensors").Order(StringComparer.Ordinal)]);
        Index("a.pruned").GetProperty("metadata").GetProperty("total_size").GetInt64().ShouldBe(4 * 10);
        SmallCheckpoint.Read(folder.File("a.pruned"), "a.weight").ShouldBe([0, 0, 0, 0, 5, -6, 7, -8]);
        (await CliRun.InvokeAsync("verify", folder.File("a.pruned"), "--mask", folder.File("a.pruned/model.mask.safetensors"))).ExitCode.ShouldBe(ExitCodes.Ok);
    }

    [Fact]
    public async Task A_folder_of_one_file_gives_a_folder_of_one_file()
    {
        Directory.CreateDirectory(folder.File("a"));
        SmallCheckpoint.Write(folder.File("a/model.safetensors"));
        File.WriteAllText(folder.File("a/tokenizer.json"), "{}");

        var run = await CliRun.InvokeAsync("prune", folder.File("a"), "-s", "0.5", "-o", folder.File("out"));

        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        Names("out").ShouldBe(["model.mask.safetensors", "model.safetensors", "tokenizer.json"]);
    }

    [Fact]
    public async Task Several_folders_get_a_folder_each()
    {
        Model("a", 1);
        Model("b", 2);

        var run = await CliRun.InvokeAsync("prune", folder.File("a"), folder.File("b"), "-s", "0.5", "-o", folder.File("out"));

        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        Names("out/a").ShouldBe(Names("out/b"));
        SmallCheckpoint.Read(folder.File("out/b"), "a.weight")[4].ShouldBe(10);
    }

    [Fact]
    public async Task Packed_folders_are_unpacked_where_the_average_goes_and_not_in_the_systems_folder()
    {
        foreach (var (name, file) in new[] { ("a", "f1-a.packed"), ("b", "f1-b.packed") })
        {
            Directory.CreateDirectory(folder.File(name));
            File.Copy(Cases.Path(file), folder.File($"{name}/model.safetensors"));
        }
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "SparsePipeline.Cli"), ["soup", folder.File("a"), folder.File("b"), "-o", folder.File("out")])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment = { ["TMPDIR"] = folder.File("nowhere") },
        };

        using var program = Process.Start(start)!;
        var error = await program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);

        program.ExitCode.ShouldBe(ExitCodes.Ok, error);
        Names("out").ShouldBe(["model.safetensors"]);
        (await CliRun.InvokeAsync("soup", Cases.Path("f1-a.packed"), Cases.Path("f1-b.packed"), "-o", folder.File("soup.safetensors"))).ExitCode.ShouldBe(ExitCodes.Ok);
        ContentDigest.OfFile(folder.File("out/model.safetensors")).ShouldBe(ContentDigest.OfFile(folder.File("soup.safetensors")));
    }

    [Fact]
    public async Task The_average_of_folders_is_a_folder_with_the_files_of_the_first()
    {
        Model("a", 1);
        Model("b", 3);

        var run = await CliRun.InvokeAsync("soup", folder.File("a"), folder.File("b"), "-o", folder.File("out"), "--dtype", "bf16", "--json");

        run.ExitCode.ShouldBe(ExitCodes.Ok, run.Error);
        Names("out").ShouldBe(Names("a"));
        Index("out").GetProperty("metadata").GetProperty("total_size").GetInt64().ShouldBe(2 * 10);
        Json("out/config.json").GetProperty("torch_dtype").GetString().ShouldBe("bfloat16");
        using var soup = StateDict.Open(folder.File("out"));
        var weights = new float[8];
        soup.ReadFloats("a.weight", 0, weights);
        weights.ShouldBe([2, -4, 6, -8, 10, -12, 14, -16]);
        soup.Metadata["format"].ShouldBe("pt");
    }

    [Fact]
    public async Task Other_files_that_differ_between_the_candidates_are_named()
    {
        Model("a", 1);
        Model("b", 3);
        File.WriteAllText(folder.File("b/config.json"), """{"torch_dtype": "float32", "vocab_size": 7}""");

        var run = await CliRun.InvokeAsync("soup", folder.File("a"), folder.File("b"), "-o", folder.File("out"));

        run.Output.ShouldContain($"warning: config.json in {folder.File("b")} differ");
        File.ReadAllText(folder.File("out/config.json")).ShouldBe(File.ReadAllText(folder.File("a/config.json")));
    }

    [Fact]
    public async Task A_single_file_joins_the_shards()
    {
        Model("a", 1);
        Model("b", 3);

        var soup = await CliRun.InvokeAsync("soup", folder.File("a"), folder.File("b"), "-o", folder.File("soup.safetensors"), "--single-file");
        var cut = await CliRun.InvokeAsync("prune", folder.File("a"), "-s", "0.5", "-o", folder.File("out"), "--single-file");

        soup.ExitCode.ShouldBe(ExitCodes.Ok, soup.Error);
        SmallCheckpoint.Read(folder.File("soup.safetensors"), "a.bias").ShouldBe([2, 2]);
        cut.ExitCode.ShouldBe(ExitCodes.Ok, cut.Error);
        Names("out").ShouldBe(["model.mask.safetensors", "model.pruned.safetensors"]);
    }

    [Fact]
    public async Task A_folder_is_not_written_under_the_name_of_a_file_nor_over_another()
    {
        Model("a", 1);
        Model("b", 3);

        var named = await CliRun.InvokeAsync("soup", folder.File("a"), folder.File("b"), "-o", folder.File("soup.safetensors"));
        var over = await CliRun.InvokeAsync("soup", folder.File("a"), folder.File("b"), "-o", folder.File("b"), "--force");
        await CliRun.InvokeAsync("soup", folder.File("a"), folder.File("b"), "-o", folder.File("out"));
        var again = await CliRun.InvokeAsync("soup", folder.File("a"), folder.File("b"), "-o", folder.File("out"));

        named.Error.ShouldContain("--single-file");
        over.Error.ShouldContain("is an input");
        again.Error.ShouldContain("--force");
        new[] { named, over, again }.ShouldAllBe(r => r.ExitCode == ExitCodes.Usage);
    }

    [Fact]
    public async Task Types_that_differ_are_named_with_tensor_and_files_and_a_type_is_offered()
    {
        SmallCheckpoint.Write(folder.File("a.safetensors"));
        (await CliRun.InvokeAsync("export", folder.File("a.safetensors"), "--dtype", "bf16", "-o", folder.File("b.safetensors"))).ExitCode.ShouldBe(ExitCodes.Ok);

        var mixed = await CliRun.InvokeAsync("soup", folder.File("a.safetensors"), folder.File("b.safetensors"), "-o", folder.File("s.safetensors"));
        var typed = await CliRun.InvokeAsync("soup", folder.File("a.safetensors"), folder.File("b.safetensors"), "-o", folder.File("s.safetensors"), "--dtype", "f32");

        mixed.ExitCode.ShouldBe(ExitCodes.RefusedInput);
        mixed.Error.ShouldContain("'a.weight' is F32 in a.safetensors and BF16 in b.safetensors");
        typed.ExitCode.ShouldBe(ExitCodes.Ok, typed.Error);
    }

    [Fact]
    public async Task A_packed_export_has_the_type_that_was_asked_for()
    {
        SmallCheckpoint.Write(folder.File("a.safetensors"));
        await CliRun.InvokeAsync("export", folder.File("a.safetensors"), "-f", "packed", "--dtype", "f16", "-o", folder.File("p.safetensors"));
        await CliRun.InvokeAsync("export", folder.File("p.safetensors"), "-o", folder.File("b.safetensors"));

        using var back = StateDict.Open(folder.File("b.safetensors"));

        back.Find("a.weight")!.Type.ShouldBe(TensorType.F16);
        Directory.GetFiles(folder.Path, "*.partial").ShouldBeEmpty();
    }

    private string[] Names(string name) => [.. Directory.GetFiles(folder.File(name)).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    private JsonElement Index(string name) => Json(name + "/model.safetensors.index.json");

    private JsonElement Json(string file) => JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(folder.File(file)));

    private void Model(string name, float scale)
    {
        var path = Directory.CreateDirectory(folder.File(name)).FullName;
        var weights = Enumerable.Range(0, 8).Select(i => (i % 2 == 0 ? 1 : -1) * (i + 1) * scale).ToArray();
        using (var whole = StateDict.Open(new StateDictBuilder().Floats("a.weight", [2, 4], weights).Floats("a.bias", [2], scale, scale)
            .Metadata("format", "pt").Save(folder.File("whole.safetensors"))))
            ShardedCheckpoint.Write(whole, path, maxShardBytes: 8);
        File.Delete(folder.File("whole.safetensors"));
        File.WriteAllText(Path.Combine(path, "config.json"), """{"torch_dtype": "float32"}""");
    }
}
