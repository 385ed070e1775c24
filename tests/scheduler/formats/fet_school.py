"""A small school as a FET file, in parts, so that tests can put something between them."""

HEAD = """\ufeff<?xml version="1.0" encoding="UTF-8"?>
<fet version="6.8.5">
<Institution_Name>Tom &amp; Jerry's</Institution_Name>
<Days_List>
<Number_of_Days>2</Number_of_Days>
<Day><Name>Mon &amp; dawn</Name></Day>
<Day><Name>Вторник</Name></Day>
</Days_List>
<Hours_List>
<Number_of_Hours>2</Number_of_Hours>
<Hour><Name>"early"</Name></Hour>
<Hour><Name>2 &lt; noon</Name></Hour>
</Hours_List>
<Subjects_List>
<Subject><Name>Art</Name></Subject>
</Subjects_List>
<Teachers_List>
<Teacher><Name>Ann</Name></Teacher>
</Teachers_List>
<Students_List>
<Year><Name>7</Name><Number_of_Students>20</Number_of_Students></Year>
</Students_List>
<Activities_List>
<Activity><Teacher>Ann</Teacher><Subject>Art</Subject><Students>7</Students><Duration>1</Duration><Id>1</Id></Activity>
<Activity><Teacher>Ann</Teacher><Subject>Art</Subject><Students>7</Students><Duration>1</Duration><Id>2</Id></Activity>
<Activity><Teacher>Ann</Teacher><Subject>Art</Subject><Duration>1</Duration><Id>3</Id></Activity>
</Activities_List>
<Rooms_List>
<Room><Name>Hall 1</Name><Capacity>30</Capacity></Room>
<Room><Name>A&amp;B</Name><Capacity>30</Capacity></Room>
<Room><Name>Both "halls"</Name><Capacity>60</Capacity><Virtual>true</Virtual><Number_of_Sets_of_Real_Rooms>2\
</Number_of_Sets_of_Real_Rooms>
<Set_of_Real_Rooms><Number_of_Real_Rooms>1</Number_of_Real_Rooms><Real_Room>Hall 1</Real_Room></Set_of_Real_Rooms>
<Set_of_Real_Rooms><Number_of_Real_Rooms>1</Number_of_Real_Rooms><Real_Room>A&amp;B</Real_Room></Set_of_Real_Rooms>
</Room>
</Rooms_List>
"""

TIMES = """<Time_Constraints_List>
<ConstraintBasicCompulsoryTime><Weight_Percentage>100</Weight_Percentage><Active>true</Active></ConstraintBasicCompulsoryTime>
<ConstraintActivityPreferredStartingTime>
\t<Weight_Percentage>100</Weight_Percentage>
\t<Activity_Id>1</Activity_Id>
\t<Preferred_Day>Вторник</Preferred_Day>
\t<Preferred_Hour>"early"</Preferred_Hour>
\t<Permanently_Locked>true</Permanently_Locked>
\t<Active>true</Active>
\t<Comments>as ever</Comments>
</ConstraintActivityPreferredStartingTime>
"""

SPACES = """</Time_Constraints_List>

<Space_Constraints_List>
<ConstraintBasicCompulsorySpace><Weight_Percentage>100</Weight_Percentage></ConstraintBasicCompulsorySpace>
<ConstraintActivityPreferredRoom>
<Weight_Percentage>90</Weight_Percentage><Activity_Id>1</Activity_Id><Room>A&amp;B</Room>
</ConstraintActivityPreferredRoom>
<ConstraintActivityPreferredRoom>
<Weight_Percentage>100</Weight_Percentage><Activity_Id>2</Activity_Id><Room>Both "halls"</Room>
</ConstraintActivityPreferredRoom>
"""

TAIL = """</Space_Constraints_List>
</fet>
"""

SOURCE = (HEAD + TIMES + SPACES + TAIL).encode()
