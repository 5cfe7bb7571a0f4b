using System.Text.Json;
using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Calibration;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Data.Cifar;
using SparsePipeline.Learning.Data.Csv;
using SparsePipeline.Learning.Data.Glyphs;
using SparsePipeline.Learning.Data.Text;
using SparsePipeline.TestKit;

namespace SparsePipeline.Learning.Tests.Data;

/// <summary>What a checkpoint says of its inputs and classes is enough to use it elsewhere.</summary>
public sealed class InputMetadataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void From_the_metadata_alone_images_are_standardised_to_the_very_bits()
    {
        Trainings.Run(Trainings.Inputs(Trainings.Spec with { Epochs = 1 }), _folder.File("net"));

        var metadata = Metadata("net");
        var (mean, deviation) = (List<double>(metadata, "mean"), List<double>(metadata, "deviation"));
        metadata["sparsepipeline.input"].ShouldBe("images");
        List<int>(metadata, "shape").ShouldBe([1, 8, 8]);
        List<string>(metadata, "labels").ShouldBe(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
        var inputs = new float[64];
        for (var i = 0; i < Trainings.Data.Test.Count; i++)
        {
            Trainings.Data.Inputs.Apply(Trainings.Data.Test.Pixels(i), inputs, channels: 1);
            inputs.ShouldBe(Trainings.Data.Test.Pixels(i).ToArray().Select(raw => (float)((raw - mean[0]) / deviation[0])));
        }
    }

    [Fact]
    public void Of_tables_every_column_has_its_name_mean_and_deviation()
    {
        File.WriteAllText(_folder.File("train.csv"), "width,kind,height\n1,b,5\n3,b,5\n1,a,5\n3,a,5\n");
        File.WriteAllText(_folder.File("test.csv"), "kind,height,width\na,5,1\n");
        File.WriteAllText(_folder.File("validation.csv"), "kind,height,width\na,5,1\n");

        var metadata = InputMetadata.Of(DataSets.Load(new DataSpec { Name = CsvDataSet.Name, Path = _folder.Path, Options = Options(("label", "kind")) }));

        List<string>(metadata, "columns").ShouldBe(["width", "height"]);
        List<double>(metadata, "mean").ShouldBe([2, 5]);
        List<double>(metadata, "deviation").ShouldBe([1, 1]);
        List<string>(metadata, "labels").ShouldBe(["a", "b"]);
        metadata["format"].ShouldBe("pt");
    }

    [Fact]
    public void Of_text_the_vocabulary_turns_characters_into_the_numbers_that_were_trained_on()
    {
        File.WriteAllText(_folder.File("a.txt"), "äbc\"äbc\"äbc\"äbc\"äbc\"äbc\"äbc\"äbc\"bc\u0001c");
        var data = DataSets.Load(new DataSpec { Name = TextDataSet.Name, Path = _folder.File("a.txt"), Options = Options(("context", 2)), Validation = 0.3 });

        var vocabulary = List<string>(InputMetadata.Of(data), "vocabulary");

        vocabulary[0].ShouldBeEmpty();
        string.Concat(Enumerable.Range(0, data.Test.Count).SelectMany(i => data.Test.Pixels(i).ToArray()).Select(n => vocabulary[n])).ShouldBe("bc");
        InputMetadata.Of(data).Keys.ShouldNotContain("sparsepipeline.mean");
    }

    [Fact]
    public void Classes_with_names_are_called_by_them()
    {
        CifarClasses.Ten.ShouldBe(["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"]);
        (CifarClasses.Hundred.Count, CifarClasses.Hundred[0], CifarClasses.Hundred[39], CifarClasses.Hundred[99]).ShouldBe((100, "apple", "keyboard", "worm"));
        (CifarClasses.Groups.Count, CifarClasses.Groups[0], CifarClasses.Groups[19]).ShouldBe((20, "aquatic_mammals", "vehicles_2"));
        GlyphSet.Characters.Length.ShouldBe(62);
    }

    [Fact]
    public void A_recalibrated_average_keeps_it_although_the_average_had_lost_it()
    {
        Trainings.Run(Trainings.Inputs(Trainings.Spec with { Epochs = 1 }), _folder.File("net"));
        using (var state = StateDict.Open(_folder.File("net")))
        using (var bare = StateDictWriter.Create(_folder.File("bare"), state.Tensors))
        {
            foreach (var tensor in state.Tensors)
                state.Bytes(tensor.Name, 0, (int)tensor.ByteLength).CopyTo(bare.Bytes(tensor.Name, 0, (int)tensor.ByteLength));
            bare.Complete();
        }

        CheckpointRecalibration.Run(_folder.File("bare"), Trainings.Spec.Model, Trainings.Data, 42, share: 0, _folder.File("soup"));

        File.ReadAllBytes(_folder.File("soup")).ShouldBe(File.ReadAllBytes(_folder.File("net")));
    }

    [Fact]
    public void What_others_wrote_is_kept_and_what_an_export_said_of_its_run_is_not()
    {
        var before = new Dictionary<string, string> { ["format"] = "np", ["author"] = "me", ["sparsepipeline.run"] = "digits-0123", ["sparsepipeline.columns"] = "[\"x\"]" };

        var metadata = InputMetadata.Of(Trainings.Data, before);

        (metadata["format"], metadata["author"]).ShouldBe(("np", "me"));
        metadata.Keys.ShouldNotContain("sparsepipeline.run");
        metadata.Keys.ShouldNotContain("sparsepipeline.columns");
    }

    [Theory]
    [InlineData("sparsepipeline.labels", "[\"1\",\"0\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\"]", "number 0 was '1' and is '0'")]
    [InlineData("sparsepipeline.labels", "[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\",\"i\",\"j\"]", null)]
    [InlineData("sparsepipeline.labels", "no list", null)]
    [InlineData("sparsepipeline.columns", "[\"y\",\"x\"]", "number 0 was 'y' and is 'x'")]
    [InlineData("sparsepipeline.columns", "[\"x\",\"y\"]", null)]
    public void A_checkpoint_of_the_same_classes_or_columns_in_another_order_is_refused(string key, string value, string? problem)
    {
        var data = key == InputMetadata.Columns ? Trainings.Data with { Columns = ["x", "y"] } : Trainings.Data;
        var check = () => InputOrder.Ensure(new Dictionary<string, string> { [key] = value }, data);

        if (problem is null)
            check.ShouldNotThrow();
        else
            check.ShouldThrow<DomainException>().Failure.Reason.ShouldContain(problem);
    }

    private Dictionary<string, string> Metadata(string file)
    {
        using var state = StateDict.Open(_folder.File(file));
        return state.Metadata.ToDictionary();
    }

    private static List<T> List<T>(IReadOnlyDictionary<string, string> metadata, string key) => JsonSerializer.Deserialize<List<T>>(metadata[$"sparsepipeline.{key}"])!;

    private static MethodOptions Options(params (string Name, object Value)[] options)
    {
        var given = new MethodOptions();
        foreach (var (name, value) in options)
            given[name] = JsonSerializer.SerializeToElement(value);
        return given;
    }
}
