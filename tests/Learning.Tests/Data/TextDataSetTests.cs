using System.Text;
using System.Text.Json;
using CsCheck;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Data.Text;
using SparsePipeline.TestKit;

namespace SparsePipeline.Learning.Tests.Data;

public sealed class TextDataSetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Test is the last third, 'bcde'; a, b, c, d are 1 to 4 and what training does not have is 0.</summary>
    [Fact]
    public void A_text_becomes_windows_labelled_with_the_next_characters()
    {
        Write("a.txt", "abcdabcdbcde");

        var raw = Read(("context", 3), ("test", 0.33));

        raw.Classes.ShouldBe(5);
        Windows(raw.Training).ShouldBe(["123→234", "412→123"]);
        Windows(raw.Test).ShouldBe(["234→340"]);
    }

    [Fact]
    public void Files_that_are_too_large_together_are_refused_before_they_are_read()
    {
        foreach (var name in new[] { "a.txt", "b.txt", "c.txt" })
            using (var file = File.Create(_folder.File(name)))
                file.SetLength(400L << 20);

        var failure = Should.Throw<DomainException>(() => DataSets.Digest(new DataSpec { Name = TextDataSet.Name, Path = _folder.Path })).Failure;

        (failure.Code, failure.Reason).ShouldBe((FailureCodes.TooLarge, "The 3 files for training have 1258291200 bytes together, more than 1073741824."));
    }

    [Theory]
    [InlineData(1, "Text file ", "has 629145600 bytes, more than 536870912.")]
    [InlineData(2, "The 2 files for training ", "have 1258291200 bytes together, more than 1073741824.")]
    public void And_so_are_files_behind_links(int count, string first, string last)
    {
        using var elsewhere = new TemporaryFolder();
        using (var file = File.Create(elsewhere.File("large")))
            file.SetLength(600L << 20);
        for (var i = 0; i < count; i++)
            File.CreateSymbolicLink(_folder.File($"{i}.txt"), elsewhere.File("large"));

        var reason = Should.Throw<DomainException>(() => Read(("context", 3))).Failure.Reason;

        reason.ShouldStartWith(first);
        reason.ShouldEndWith(last);
    }

    [Fact]
    public void Characters_that_training_does_not_have_are_one_symbol()
    {
        Write("a.txt", "abab");
        Write("b.txt", "axbé");

        Windows(Read(("context", 3), ("files", "a.*"), ("testFiles", "b.*")).Test).ShouldBe(["102→020"]);
    }

    [Fact]
    public void The_255_most_frequent_characters_have_symbols_of_their_own()
    {
        var rare = string.Concat(Enumerable.Range(0x4e00, 20).Select(c => (char)c));
        var frequent = string.Concat(Enumerable.Range(0x3b1, 12).Concat(Enumerable.Range(0x5000, 243)).SelectMany(c => new[] { (char)c, (char)c }));
        Write("a.txt", rare + frequent);
        Write("b.txt", rare + "α");

        var raw = Read(("context", 10), ("files", "a.*"), ("testFiles", "b.*"));

        raw.Classes.ShouldBe(256);
        raw.Test.Pixels(0).ToArray().ShouldAllBe(s => s == 0);
        raw.Test.LabelsOf(1)[^1].ShouldBe((byte)1, "the lowest code point that has a symbol");
    }

    [Fact]
    public void A_character_outside_the_basic_plane_is_one_character()
    {
        Write("a.txt", string.Concat(Enumerable.Repeat("\U0001F600a", 6)));

        Windows(Read(("context", 2), ("test", 0.5)).Training).ShouldBe(["21→12", "21→12"]);
    }

    [Fact]
    public void A_byte_order_mark_is_no_character()
    {
        File.WriteAllText(_folder.File("a.txt"), "abababababab", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        Read(("context", 2), ("test", 0.5)).Classes.ShouldBe(3);
    }

    [Fact]
    public void Windows_do_not_go_from_one_file_into_the_next()
    {
        Write("a.txt", "aaaaaa");
        Write("b.txt", "bbbbbb");
        Write("c.txt", "cccccc");

        Windows(Read(("context", 2), ("testFiles", "c*")).Training).ShouldBe(["11→11", "11→11", "22→22", "22→22"]);
    }

    [Fact]
    public void Files_of_the_shift_are_left_out_of_everything_else()
    {
        Write("1790.txt", "abababab");
        Write("1791.txt", "cdcdcdcd");
        Write("1990.txt", "abcdabcd");

        var raw = Read(("context", 3), ("testFiles", "1791*"), ("shift", "19*"));

        Windows(raw.Training).ShouldBe(["121→212", "212→121"]);
        Windows(raw.Test).ShouldBe(["000→000", "000→000"]);
        Windows(raw.Shifts.ShouldHaveSingleItem().Value).ShouldBe(["120→200", "012→120"]);
    }

    [Fact]
    public void One_file_can_be_named_by_itself()
    {
        Write("a.txt", "abababababababababab");

        DataSets.Load(Spec(_folder.File("a.txt"), ("context", 2), ("test", 0.2)) with { Validation = 0.3 }).Test.Count.ShouldBe(1);
    }

    [Fact]
    public void Every_window_is_trained_on_or_held_out_and_those_held_out_follow_each_other() =>
        Gen.Select(Gen.Int[10, 60], Gen.Double[0.1, 0.5], Gen.Long).Sample((windows, share, seed) =>
        {
            var values = Enumerable.Range(0, 2 * windows).Select(i => (byte)(i / 2)).ToArray();
            var all = new Examples(InputShape.Text(2), values, values);
            var splits = DataSplitter.Split(
                new RawData(256, all, all), new DataSpec { Name = "text", Validation = share, SplitSeed = seed });

            var held = Firsts(splits.Validation);
            held.ShouldBe(Enumerable.Range(held[0], held.Length));
            held.Concat(Firsts(splits.Training)).Order().ShouldBe(Enumerable.Range(0, windows));
        });

    [Fact]
    public void The_same_files_have_the_same_digest_and_another_use_of_them_another()
    {
        Write("a.txt", "abababab");
        Write("b.txt", "cdcdcdcd");
        var digest = DataSets.Digest(Spec(_folder.Path));

        DataSets.Digest(Spec(_folder.Path)).ShouldBe(digest);
        DataSets.Digest(Spec(_folder.Path, ("shift", "b*"))).ShouldBe(digest, "the options are part of the step keys themselves");
        Write("b.txt", "cdcdcdce");
        DataSets.Digest(Spec(_folder.Path)).ShouldNotBe(digest);
        Write("b.txt", "cdcdcdcd");
        File.Move(_folder.File("b.txt"), _folder.File("c.txt"));
        DataSets.Digest(Spec(_folder.Path)).ShouldNotBe(digest, "names decide what a file is used for");
    }

    [Fact]
    public void The_texts_that_come_with_the_repository_can_be_read()
    {
        var data = DataSets.Load(Spec(
            Path.Combine(RepositoryFolder.Path, "recipes/texts/state-of-the-union"), ("files", "17*.txt"), ("shift", "19*.txt")));

        data.Classes.ShouldBeInRange(50, 80);
        data.Training.Count.ShouldBe(429);
        data.Shifts["files"].Count.ShouldBe(154);
    }

    [Theory]
    [InlineData("files", "*.md", "has no file for '*.md' of data.options.files")]
    [InlineData("testFiles", "b*", "has no file for 'b*' of data.options.testFiles")]
    [InlineData("shift", "a*, b*", "has no file for 'b*' of data.options.shift")]
    [InlineData("shift", "*", "has no file for '*.txt' of data.options.files, or another option took them all.")]
    [InlineData("context", 8, "data.options.context is 8, and no text for training has as many characters and one more.")]
    [InlineData("context", 5, "data.options.context is 5, and no text for the test split has as many characters and one more.")]
    [InlineData("context", 1, "'context' is 1, but must lie in [2, 4096]")]
    [InlineData("test", 0.0, "'test' is 0, but must lie in [0.001, 0.9]")]
    public void Options_that_leave_nothing_are_refused(string option, object value, string reason)
    {
        Write("a.txt", "abcdefgh");

        Failure(Spec(_folder.Path, (option, value))).Reason.ShouldContain(reason);
    }

    [Fact]
    public void A_path_that_is_missing_or_does_not_exist_is_refused()
    {
        Failure(new DataSpec { Name = TextDataSet.Name }).Reason.ShouldBe("data.path is not set, but data set 'text' reads a file or a folder.");
        Failure(Spec(_folder.File("none"))).Reason.ShouldBe($"data.path '{_folder.File("none")}' does not exist.");
        Write("a.txt", "ab");
        Failure(Spec(_folder.File("a.txt"), ("shift", "a"))).Reason.ShouldBe(
            $"data.path '{_folder.File("a.txt")}' is one file, and testFiles and shift name files of a folder.");
    }

    [Fact]
    public void A_file_that_is_no_UTF_8_is_refused_with_the_place()
    {
        File.WriteAllBytes(_folder.File("a.txt"), [(byte)'c', (byte)'a', (byte)'f', 0xe9, (byte)'s']);

        var failure = Failure(Spec(_folder.Path));

        failure.Code.ShouldBe(FailureCodes.CorruptArtifact);
        failure.Reason.ShouldBe($"Text file '{_folder.File("a.txt")}' is not UTF-8: byte 0xe9 at 3.");
        failure.Remedy.ShouldBe("Convert it, for example with 'iconv -f latin1 -t utf-8'.");
    }

    private static StepFailure Failure(DataSpec spec) => Should.Throw<DomainException>(() => DataSets.Load(spec)).Failure;

    private RawData Read(params (string, object)[] options)
    {
        var spec = Spec(_folder.Path, options);
        return DataSets.Registry.Find(spec.Name).Read(spec);
    }

    private static DataSpec Spec(string path, params (string Name, object Value)[] options)
    {
        var values = new MethodOptions();
        foreach (var (name, value) in options)
            values[name] = JsonSerializer.SerializeToElement(value);
        return new DataSpec { Name = TextDataSet.Name, Path = path, Options = values };
    }

    private void Write(string file, string text) => File.WriteAllText(_folder.File(file), text);

    private static int[] Firsts(Examples examples) => [.. Enumerable.Range(0, examples.Count).Select(i => (int)examples.Pixels(i)[0])];

    private static List<string> Windows(Examples examples) =>
        [.. Enumerable.Range(0, examples.Count).Select(i => $"{string.Concat(examples.Pixels(i).ToArray())}→{string.Concat(examples.LabelsOf(i).ToArray())}")];
}
