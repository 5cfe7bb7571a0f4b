using System.IO.Compression;
using System.Text;
using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Data.Csv;
using SparsePipeline.TestKit;

namespace SparsePipeline.Learning.Tests.Data.Csv;

public sealed class CsvDataSetTests : IDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.InMemory();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Numbers_are_floats_and_labels_are_numbered_in_order()
    {
        Write("train.csv", "height,width,kind\n1.5,-2e3,b\n0.25,7,a\n3,4,b\n5,6,c\n");
        Write("test.csv", "height,width,kind\n1,2,c\n3,4,a\n");

        var data = Load();

        (data.Classes, data.Shape).ShouldBe((3, InputShape.Row(2)));
        data.Test.Labels.ShouldBe(new byte[] { 2, 0 });
        data.Test.Numbers(1).ToArray().ShouldBe([3f, 4f]);
        var rows = new[] { data.Training, data.Validation }.SelectMany(s => Enumerable.Range(0, s.Count).Select(i => (s.Numbers(i)[0], s.Numbers(i)[1], s.Labels[i])));
        rows.Order().ShouldBe(new (float, float, byte)[] { (0.25f, 7, 0), (1.5f, -2000, 1), (3, 4, 1), (5, 6, 2) });
    }

    [Fact]
    public void Every_column_has_mean_0_and_deviation_1_over_the_training_rows()
    {
        Write("data.csv", Rows(100, i => $"{1000 + i},{i * i * 1e-6},7,{i % 2}"));
        var data = Load(("header", false), ("file", "data.csv"));
        var inputs = Enumerable.Range(0, data.Training.Count).Select(i => Inputs(data, i)).ToList();

        for (var column = 0; column < 2; column++)
        {
            inputs.Average(v => v[column]).ShouldBe(0, 1e-5);
            inputs.Average(v => v[column] * v[column]).ShouldBe(1, 1e-4);
        }
        inputs.ShouldAllBe(v => v[2] == 0);
    }

    [Fact]
    public void Whole_numbers_are_classes_by_size_and_not_by_their_first_digit()
    {
        Write("data.csv", Rows(40, i => $"{i},{i % 12}"));

        var data = Load(("header", false), ("file", "data.csv"));

        data.Classes.ShouldBe(12);
        for (var i = 0; i < data.Training.Count; i++)
            data.Training.Labels[i].ShouldBe((byte)(data.Training.Numbers(i)[0] % 12));
    }

    [Theory]
    [InlineData("kind")]
    [InlineData("1")]
    public void The_label_may_be_any_column_by_name_or_number(string label)
    {
        Write("train.csv", "kind,x\na,1\nb,2\na,3\nb,4\n");
        Write("test.csv", "kind,x\nb,9\n");

        var data = Load(("label", label));

        (data.Test.Labels[0], data.Test.Numbers(0)[0]).ShouldBe(((byte)1, 9f));
    }

    [Fact]
    public void Quotes_separators_and_line_ends_may_differ()
    {
        Write("train.csv", "\"size; in m\";kind\r\n\"1\";\"a;b\"\r\n2;\"say \"\"c\"\"\"\r\n3;\"a;b\"\r\n\r\n4;\"a;b\"");
        Write("test.csv", "size;kind\r\n5;\"a;b\"\r\n");

        Load(("separator", ";")).Test.Labels.ShouldBe(new byte[] { 0 });
    }

    [Fact]
    public void Validation_shifts_and_gzip_are_found_by_name()
    {
        Write("train.csv", Rows(4, i => $"{i},{i % 2}"));
        Write("test.csv", Rows(3, i => $"{i},{i % 2}"));
        Write("validation.csv", Rows(2, i => $"{i},{i % 2}"));
        using (var packed = new GZipStream(File.Create(_folder.File("shift-later.csv.gz")), CompressionLevel.Fastest))
            packed.Write(Encoding.UTF8.GetBytes(Rows(5, i => $"{i},{i % 2}")));

        var data = Load(("header", false));

        (data.Training.Count, data.Validation.Count, data.Test.Count, data.Shifts["later"].Count).ShouldBe((4, 2, 3, 5));
    }

    [Theory]
    [InlineData("x,y\n1,a\n2,b\n3,a,4\n4,b\n", "has 3 fields on line 4, and 2 before.")]
    [InlineData("x,y\n1,a\n2,b\n3\n4,b\n", "has 1 fields on line 4, and 2 before.")]
    [InlineData("x,y\n1,a\nNaN,b\n", "has 'NaN' in column 'x' on line 3, which is no finite number.")]
    [InlineData("x,y\n1,a\n1e99,b\n", "has '1e99' in column 'x' on line 3, which is no finite number.")]
    [InlineData("x,y\n1,a\n,b\n", "has '' in column 'x' on line 3, which is no finite number.")]
    [InlineData("x,y\n1,a\nred,b\n", "has 'red' in column 'x' on line 3, which is no finite number.")]
    [InlineData("x,y\n1,a\n\"2,b\n", "cannot be read on line 3: Malformed CSV in record 3 (line 3): a quoted field that is never closed (byte offset 13).")]
    [InlineData("x,y\n1,a\n2,b\"c\"\n", "cannot be read on line 3: Malformed CSV in record 3 (line 3): a quote inside an unquoted field (byte offset 11).")]
    [InlineData("x,y\n1,\"a\"b\n", "cannot be read on line 2: Malformed CSV in record 2 (line 2): text after the closing quote of a quoted field (byte offset 9).")]
    [InlineData("x,y\n1,\"a\nb\"\n2,c\n3\n", "has 1 fields on line 5, and 2 before.")]
    [InlineData("x,y\n1,a\n-Infinity,b\n", "has '-Infinity' in column 'x' on line 3, which is no finite number.")]
    [InlineData("", "has no rows.")]
    [InlineData("\uFEFF\r\n \r\n", "has no rows.")]
    [InlineData("x,y\n", "has no rows.")]
    [InlineData("y\na\nb\n", "has one column, but a label needs numbers beside it.")]
    public void Damaged_tables_are_named_with_line_and_column(string table, string problem)
    {
        Write("train.csv", table);
        Write("test.csv", "x,y\n1,a\n");

        Reason(FailureCodes.CorruptArtifact).ShouldBe($"CSV file '{_folder.File("train.csv")}' {problem}");
    }

    /// <summary>One field without end, fields without end, and a quote that swallows the rest.</summary>
    [Theory]
    [InlineData("1", "")]
    [InlineData("1,", "")]
    [InlineData("1\n", "\"")]
    public void A_row_without_end_is_not_read_into_memory(string piece, string start)
    {
        Write("train.csv", "x,y\n" + start + string.Concat(Enumerable.Repeat(piece, (4 << 20) / piece.Length)));
        Write("test.csv", "x,y\n1,a\n");

        Reason(FailureCodes.CorruptArtifact).ShouldEndWith("cannot be read on line 2: Record 2 is longer than MaxRecordSize (1048576 bytes).");
    }

    [Fact]
    public void A_damaged_gzip_is_named()
    {
        Write("train.csv.gz", "x,y\n1,a\n2,b\n");
        Write("test.csv", "x,y\n1,a\n");

        Reason(FailureCodes.CorruptArtifact).ShouldStartWith($"CSV file '{_folder.File("train.csv.gz")}' is not valid gzip (");
    }

    /// <summary>A byte order mark, the line ends of three systems, line ends inside of quotes, blanks around fields and blank lines.</summary>
    [Theory]
    [InlineData("\uFEFFx,y\n1,a\n2,\"b\nc\"\n")]
    [InlineData("\"x\",y\r\n\r\n1,a\r\n \t\r\n2,\"b\nc\"")]
    [InlineData("x,y\r1,a\r2,\"b\nc\"\r")]
    [InlineData(" x , y \n 1 , a \n 2 , \"b\nc\" \n\n\n")]
    [InlineData("x,y\n\"1\",\" a\"\n\"\u00A02\",\"b\nc \"\n")]
    public void Files_of_other_programs_are_read_alike(string table)
    {
        Write("train.csv", table);

        var read = CsvTable.Read(_folder.File("train.csv"), new CsvLayout(Header: true, Label: "y", Separator: ','));

        read.Columns.ShouldBe(1);
        read.Numbers.ShouldBe([1f, 2f]);
        read.Labels.ShouldBe(["a", "b\nc"]);
    }

    [Fact]
    public void A_label_that_training_does_not_have_is_named()
    {
        Write("train.csv", "x,y\n1,a\n2,b\n3,a\n4,b\n");
        Write("test.csv", "x,y\n1,c\n");

        Reason(FailureCodes.CorruptArtifact).ShouldEndWith("has the label 'c', which no training row has.");
    }

    [Fact]
    public void Files_with_other_columns_are_refused()
    {
        Write("train.csv", "x,y\n1,a\n2,b\n3,a\n4,b\n");
        Write("test.csv", "x,z,y\n1,2,a\n");

        Reason(FailureCodes.ShapeMismatch).ShouldEndWith("has 2 columns of numbers, but the training rows have 1.");
    }

    [Fact]
    public void A_file_of_one_class_and_one_of_too_many_are_refused()
    {
        Write("data.csv", Rows(300, i => $"{i},{i}"));
        Reason(FailureCodes.InvalidOption, ("header", false), ("file", "data.csv")).ShouldContain("has 300 different values");
        Write("data.csv", Rows(300, i => $"{i},7"));
        Reason(FailureCodes.InvalidOption, ("header", false), ("file", "data.csv")).ShouldContain("has 1 different values");
    }

    [Theory]
    [InlineData("label", "colour", "data.options.label is 'colour', but")]
    [InlineData("label", "3", "data.options.label is '3', but")]
    [InlineData("separator", ", ", "data.options.separator is ', '.")]
    [InlineData("separator", "\n", "data.options.separator is '\n'.")]
    [InlineData("separator", "\"", "data.options.separator is '\"'.")]
    [InlineData("separator", "¦", "data.options.separator is '¦'.")]
    public void Wrong_options_are_named(string option, string value, string reason)
    {
        Write("train.csv", "x,y\n1,a\n2,b\n");
        Write("test.csv", "x,y\n1,a\n");

        Reason(FailureCodes.InvalidOption, (option, value)).ShouldStartWith(reason);
    }

    [Fact]
    public void Missing_and_stray_files_are_named()
    {
        Write("train.csv", "x,y\n1,a\n2,b\n");
        Reason(FailureCodes.DataUnavailable).ShouldEndWith("has no test.csv.");
        Write("test.csv", "x,y\n1,a\n");
        Write("more.csv", "x,y\n1,a\n");
        Reason(FailureCodes.DataUnavailable).ShouldEndWith("more.csv' is for no split.");
    }

    [Fact]
    public void Numbers_take_no_augmentation_of_images()
    {
        Write("data.csv", Rows(40, i => $"{i},{i % 2}"));
        var data = Load(("header", false), ("file", "data.csv"));

        var failure = Should.Throw<DomainException>(() =>
            Learning.Data.Augmentation.Augmenter.Find(Trainings.Spec with { Data = Trainings.Digits with { Augmentation = "shift" } }, data.Shape)).Failure;

        failure.Reason.ShouldBe("The augmentation 'shift' works on images, but the data is numbers (1 numbers).");
    }

    [Fact]
    public void A_perceptron_learns_a_table()
    {
        using var output = new TemporaryFolder();
        Write("data.csv", Rows(200, i => $"{i % 10},{(i * 7) % 10},{(i % 10 > 4 ? "high" : "low")}"));
        var data = Load(("header", false), ("file", "data.csv"));

        var outcome = Trainings.Run(Trainings.Inputs(Trainings.Spec with { Epochs = 60 }) with { Data = data }, output.File("a"));

        outcome.Metrics[MetricNames.ValidationAccuracy].ShouldBeGreaterThan(0.9);
    }

    private static float[] Inputs(DataSplits data, int index)
    {
        var inputs = new float[data.Shape.Size];
        data.Inputs.Apply(data.Training.Numbers(index), inputs);
        return inputs;
    }

    private static string Rows(int count, Func<int, string> row) => string.Join('\n', Enumerable.Range(0, count).Select(row));

    /// <summary>The folder, or the one file in it that the pseudo-option <c>file</c> names.</summary>
    private DataSplits Load(params (string Name, object Value)[] options)
    {
        var given = new MethodOptions();
        foreach (var (name, value) in options.Where(o => o.Name != "file"))
            given[name] = JsonSerializer.SerializeToElement(value);
        var file = options.FirstOrDefault(o => o.Name == "file").Value as string;
        return DataSets.Load(new DataSpec { Name = DataNames.Csv, Path = file is null ? _folder.Path : _folder.File(file), Options = given, Validation = 0.25 });
    }

    private string Reason(string code, params (string Name, object Value)[] options)
    {
        var failure = Should.Throw<DomainException>(() => Load(options)).Failure;
        failure.Code.ShouldBe(code);
        return failure.Reason;
    }

    private void Write(string name, string text) => File.WriteAllText(_folder.File(name), text);
}
