using System.Globalization;

namespace Headrace.Delivery.Catalog;

/// <summary>What a column's values are.</summary>
internal enum HiveKind
{
    Boolean,
    TinyInt,
    SmallInt,
    Int,
    BigInt,
    Float,
    Double,
    Decimal,
    String,
    Binary,
    Date,
    Timestamp,
    Array,
    Map,
    Struct,
}

/// <summary>A type as Hive and Glue write it. Immutable.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Fields">An array's element, a map's key and value, a struct's fields; nothing for others.</param>
/// <param name="Precision">A decimal's digits, or how many characters a char or varchar has at most; 0 for no bound.</param>
/// <param name="Scale">A decimal's digits behind the point.</param>
internal sealed record HiveType(HiveKind Kind, IReadOnlyList<(string Name, HiveType Type)> Fields, int Precision = 0, int Scale = 0)
{
    private const int MaxDecimalDigits = 38;
    private const int DefaultDecimalDigits = 10;

    /// <exception cref="FormatException">There is no such type.</exception>
    public static HiveType Parse(string text)
    {
        var reader = new Reader(text);
        var type = reader.ReadType();
        reader.RequireEnd();
        return type;
    }

    private ref struct Reader(string text)
    {
        private int _at;

        public HiveType ReadType()
        {
            var word = ReadWord().ToLowerInvariant();
            return word switch
            {
                "boolean" => Scalar(HiveKind.Boolean),
                "tinyint" => Scalar(HiveKind.TinyInt),
                "smallint" => Scalar(HiveKind.SmallInt),
                "int" or "integer" => Scalar(HiveKind.Int),
                "bigint" or "long" => Scalar(HiveKind.BigInt),
                "float" => Scalar(HiveKind.Float),
                "double" => Scalar(HiveKind.Double),
                "string" => Scalar(HiveKind.String),
                "binary" => Scalar(HiveKind.Binary),
                "date" => Scalar(HiveKind.Date),
                "timestamp" => Scalar(HiveKind.Timestamp),
                "char" or "varchar" => new HiveType(HiveKind.String, [], ReadNumbers(1)[0]),
                "decimal" => ReadDecimal(),
                "array" => ReadArray(),
                "map" => ReadMap(),
                "struct" => ReadStruct(),
                _ => throw Unknown(),
            };
        }

        public void RequireEnd()
        {
            SkipSpaces();
            if (_at < text.Length)
                throw Unknown();
        }

        private static HiveType Scalar(HiveKind kind) => new(kind, []);

        private HiveType ReadDecimal()
        {
            var numbers = Peek('(') ? ReadNumbers(2) : [DefaultDecimalDigits, 0];
            var (precision, scale) = (numbers[0], numbers.Count > 1 ? numbers[1] : 0);
            return precision is >= 1 and <= MaxDecimalDigits && scale <= precision ? new HiveType(HiveKind.Decimal, [], precision, scale) : throw Unknown();
        }

        private HiveType ReadArray()
        {
            Require('<');
            var element = ReadType();
            Require('>');
            return new HiveType(HiveKind.Array, [("element", element)]);
        }

        private HiveType ReadMap()
        {
            Require('<');
            var key = ReadType();
            Require(',');
            var value = ReadType();
            Require('>');
            return key.Fields.Count == 0 ? new HiveType(HiveKind.Map, [("key", key), ("value", value)]) : throw Unknown();
        }

        private HiveType ReadStruct()
        {
            var fields = new List<(string Name, HiveType Type)>();
            Require('<');
            do
            {
                var name = ReadWord().ToLowerInvariant();
                Require(':');
                fields.Add((name, ReadType()));
            }
            while (TryRead(','));
            Require('>');
            return fields.DistinctBy(field => field.Name).Count() == fields.Count ? new HiveType(HiveKind.Struct, fields) : throw Unknown();
        }

        private List<int> ReadNumbers(int most)
        {
            var numbers = new List<int>();
            Require('(');
            do
                numbers.Add(int.TryParse(ReadWord(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Unknown());
            while (numbers.Count < most && TryRead(','));
            Require(')');
            return numbers;
        }

        private string ReadWord()
        {
            SkipSpaces();
            var start = _at;
            while (_at < text.Length && text[_at] is not ('<' or '>' or '(' or ')' or ',' or ':') && !char.IsWhiteSpace(text[_at]))
                _at++;
            return _at > start ? text[start.._at] : throw Unknown();
        }

        private bool Peek(char mark)
        {
            SkipSpaces();
            return _at < text.Length && text[_at] == mark;
        }

        private bool TryRead(char mark)
        {
            if (!Peek(mark))
                return false;
            _at++;
            return true;
        }

        private void Require(char mark)
        {
            if (!TryRead(mark))
                throw Unknown();
        }

        private void SkipSpaces()
        {
            while (_at < text.Length && char.IsWhiteSpace(text[_at]))
                _at++;
        }

        private readonly FormatException Unknown() => new($"{text} is not a type that records can be converted to.");
    }
}
