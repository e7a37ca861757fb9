/** The same short training as several programs write it down, and what there is besides in their files. */
export const strongComma = [
  'Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE',
  '2025-03-01 18:00:05,Push,1h 5m,Bench Press (Barbell),1,80.0,5,0,0,,,8',
  '2025-03-01 18:00:05,Push,1h 5m,Bench Press (Barbell),Rest Timer,0,0,0,90,,,',
  '2025-03-01 18:00:05,Push,1h 5m,Bench Press (Barbell),2,80.0,5,0,0,,,8',
  '2025-03-01 18:00:05,Push,1h 5m,Bench Press (Barbell),Note,0,0,0,0,"slow, with a pause",,',
  '2025-03-01 18:00:05,Push,1h 5m,Log Toss,W,20,3,0,0,,,',
  '2025-03-01 18:00:05,Push,1h 5m,Plank,1,0,0,0,45,,,',
  '',
  '',
].join('\n')

export const strongSemicolon = [
  '\ufeffDatum;Name des Workouts;Name der Übung;Satz;Gewicht;Gewichtseinheit;Wiederholungen;RPE;Entfernung;' +
    'Entfernungseinheit;Seconds;Notes;Workout Notes;Workout Duration',
  '2025-03-01 18:00:05;Push;Bench Press (Barbell);1;82,5;kg;5;;;;0;;"both\narms";158',
  '2025-03-01 18:00:05;Push;Bench Press (Barbell);D;135;lbs;5;8,3;;;0;;;158',
  '2025-03-01 18:00:05;Push;Running;1;;;;;2,5;km;00:12:30;;;158',
  ';;;;;;;;;;;;;',
].join('\r\n')

const hevy = '"Push","1 März 2025, 18:00","1 März 2025, 19:05","good"'
export const hevyKilograms = [
  '"title","start_time","end_time","description","exercise_title","superset_id","exercise_notes",' +
    '"set_index","set_type","weight_kg","reps","distance_km","duration_seconds","rpe"',
  `${hevy},"Bench Press (Barbell)","0","slow","0","warmup","39.92","10","","0","6"`,
  `${hevy},"Bench Press (Barbell)","0","slow","1","dropset","60","8","","","9.5"`,
  `${hevy},"Log Toss","0","","0","failure","30","8","","",""`,
  `${hevy},"Bench Press (Barbell)","","","0","normal","60","8","","",""`,
].join('\n')

export const fitnotes = [
  'Date,Exercise,Category,Weight,Weight Unit,Reps,Distance,Distance Unit,Time',
  '2025-03-01,Press (Each Side, Dumbbells),Shoulders,20,lbs,8,,,',
  '2025-03-01,Press (Each Side, Dumbbells),Shoulders,10.0,kgs,8,,,',
  '2025-03-01,Rowing,Cardio,,,,500,m,0:02:05',
  'Date,Exercise,Category,Weight,Weight Unit,Reps,Distance,Distance Unit,Time',
  '2025-03-02,Press (Each Side, Dumbbells),Shoulders,10.0,stone,8,,,',
  'someday,Press,Shoulders,10.0,kgs,8,,,',
].join('\n')
