using System.IO.Compression;
using System.Text;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Data.Csv;
using SparsePipeline.TestKit;

namespace SparsePipeline.Learning.Tests.Data.Csv;

public sealed class CsvDataSetTests : IDisposable
{
    private readonly CsvFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Numbers_are_floats_and_labels_are_numbered_in_order()
    {
        _folder.Write("train.csv", "height,width,kind\n1.5,-2e3,b\n0.25,7,a\n3,4,b\n5,6,c\n");
        _folder.Write("test.csv", "height,width,kind\n1,2,c\n3,4,a\n");

        var data = _folder.Load();

        (data.Classes, data.Shape).ShouldBe((3, InputShape.Row(2)));
        data.Test.Labels.ShouldBe(new byte[] { 2, 0 });
        data.Test.Numbers(1).ToArray().ShouldBe([3f, 4f]);
        var rows = new[] { data.Training, data.Validation }.SelectMany(s => Enumerable.Range(0, s.Count).Select(i => (s.Numbers(i)[0], s.Numbers(i)[1], s.Labels[i])));
        rows.Order().ShouldBe(new (float, float, byte)[] { (0.25f, 7, 0), (1.5f, -2000, 1), (3, 4, 1), (5, 6, 2) });
    }

    [Fact]
    public void Every_column_has_mean_0_and_deviation_1_over_the_training_rows()
    {
        _folder.Write("data.csv", CsvFolder.Rows(100, i => $"{1000 + i},{i * i * 1e-6},7,{i % 2}"));
        var data = _folder.Load(("header", false), ("file", "data.csv"));
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
        _folder.Write("data.csv", CsvFolder.Rows(40, i => $"{i},{i % 12}"));

        var data = _folder.Load(("header", false), ("file", "data.csv"));

        data.Classes.ShouldBe(12);
        for (var i = 0; i < data.Training.Count; i++)
            data.Training.Labels[i].ShouldBe((byte)(data.Training.Numbers(i)[0] % 12));
    }

    [Theory]
    [InlineData("kind")]
    [InlineData("1")]
    public void The_label_may_be_any_column_by_name_or_number(string label)
    {
        _folder.Write("train.csv", "kind,x\na,1\nb,2\na,3\nb,4\n");
        _folder.Write("test.csv", "kind,x\nb,9\n");

        var data = _folder.Load(("label", label));

        (data.Test.Labels[0], data.Test.Numbers(0)[0]).ShouldBe(((byte)1, 9f));
    }

    /// <summary>The label is the last column of the training rows, wherever it stands elsewhere.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("kind")]
    [InlineData("3")]
    public void Columns_are_the_same_by_their_names_in_whatever_order_a_file_has_them(string label)
    {
        _folder.Write("train.csv", "x,z,kind\n1,10,a\n2,20,b\n3,30,a\n4,40,b\n");
        _folder.Write("test.csv", "kind,z,x\nb,50,5\n");
        _folder.Write("validation.csv", "z,kind,x\n60,a,6\n");
        _folder.Write("shift-late.csv", "x,kind,z\n7,b,70\n");

        var data = _folder.Load(("label", label));

        new[] { data.Test, data.Validation, data.Shifts["late"] }.Select(s => (s.Numbers(0)[0], s.Numbers(0)[1], s.Labels[0]))
            .ShouldBe([(5f, 50f, (byte)1), (6f, 60f, (byte)0), (7f, 70f, (byte)1)]);
    }

    [Fact]
    public void Quotes_separators_and_line_ends_may_differ()
    {
        _folder.Write("train.csv", "\"size; in m\";kind\r\n\"1\";\"a;b\"\r\n2;\"say \"\"c\"\"\"\r\n3;\"a;b\"\r\n\r\n4;\"a;b\"");
        _folder.Write("test.csv", "kind;'size; in m'\r\n\"a;b\";5\r\n".Replace('\'', '"'));

        _folder.Load(("separator", ";")).Test.Labels.ShouldBe(new byte[] { 0 });
    }

    [Fact]
    public void Validation_shifts_and_gzip_are_found_by_name()
    {
        _folder.Write("train.csv", CsvFolder.Rows(4, i => $"{i},{i % 2}"));
        _folder.Write("test.csv", CsvFolder.Rows(3, i => $"{i},{i % 2}"));
        _folder.Write("validation.csv", CsvFolder.Rows(2, i => $"{i},{i % 2}"));
        using (var packed = new GZipStream(File.Create(_folder.File("shift-later.csv.gz")), CompressionLevel.Fastest))
            packed.Write(Encoding.UTF8.GetBytes(CsvFolder.Rows(5, i => $"{i},{i % 2}")));

        var data = _folder.Load(("header", false));

        (data.Training.Count, data.Validation.Count, data.Test.Count, data.Shifts["later"].Count).ShouldBe((4, 2, 3, 5));
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
        _folder.Write("train.csv", table);

        var read = CsvTable.Read(_folder.File("train.csv"), new CsvLayout(Header: true, Label: "y", Separator: ','));

        read.Columns.ShouldBe(1);
        read.Numbers.ShouldBe([1f, 2f]);
        read.Labels.ShouldBe(["a", "b\nc"]);
    }

    [Fact]
    public void A_file_that_is_used_for_something_else_is_other_data()
    {
        _folder.Write("train.csv", "x,y\n1,a\n2,b\n");
        _folder.Write("test.csv", "x,y\n1,a\n");
        _folder.Write("shift-a.csv", "x,y\n1,b\n");
        var before = _folder.Digest();

        File.Move(_folder.File("shift-a.csv"), _folder.File("shift-b.csv"));

        _folder.Digest().ShouldNotBe(before);
    }

    [Fact]
    public void Numbers_take_no_augmentation_of_images()
    {
        _folder.Write("data.csv", CsvFolder.Rows(40, i => $"{i},{i % 2}"));
        var data = _folder.Load(("header", false), ("file", "data.csv"));

        var failure = Should.Throw<DomainException>(() =>
            Learning.Data.Augmentation.Augmenter.Find(Trainings.Spec with { Data = Trainings.Digits with { Augmentation = "shift" } }, data.Shape)).Failure;

        failure.Reason.ShouldBe("The augmentation 'shift' works on images, but the data is numbers (1 numbers).");
    }

    [Fact]
    public void A_perceptron_learns_a_table()
    {
        using var output = new TemporaryFolder();
        _folder.Write("data.csv", CsvFolder.Rows(200, i => $"{i % 10},{(i * 7) % 10},{(i % 10 > 4 ? "high" : "low")}"));
        var data = _folder.Load(("header", false), ("file", "data.csv"));

        var outcome = Trainings.Run(Trainings.Inputs(Trainings.Spec with { Epochs = 60 }) with { Data = data }, output.File("a"));

        outcome.Metrics[MetricNames.ValidationAccuracy].ShouldBeGreaterThan(0.9);
    }

    private static float[] Inputs(DataSplits data, int index)
    {
        var inputs = new float[data.Shape.Size];
        data.Inputs.Apply(data.Training.Numbers(index), inputs);
        return inputs;
    }
}
